using System.IO.Abstractions;
using System.Security.Cryptography;
using System.Text;
using OpsManager.Sources.Files;
using OpsManager.Sources.Storage;

namespace OpsManager.Sources.Record;

/// <summary>
/// Where the segments of all repositories are kept: a directory for each repository, which only its owner may enter. One recorder writes
/// a repository's.
/// </summary>
/// <param name="root">The directory of all; made when something is recorded.</param>
public sealed class SegmentStore(IFileSystem files, string root)
{
    private const string LockName = ".recorder.lock";

    /// <summary>The directory of a repository. Two of the same name have different ones.</summary>
    public string DirectoryOf(string repo) => files.Path.Combine(root, NameOf(repo));

    /// <summary>Keeps other recorders of a repository out; null where there is one already.</summary>
    /// <exception cref="IOException">The directory cannot be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public IDisposable? TryLock(string repo)
    {
        PrivateDirectory.Make(files, DirectoryOf(repo));
        try
        {
            return KernelLock.TryTake(new GuardedPath(GuardedFiles.Open(files, DirectoryOf(repo)), LockName));
        }
        catch (LockException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>Segments of a repository, the oldest first; none where nothing was recorded.</summary>
    internal IReadOnlyList<(SegmentName Name, long Size)> Segments(string repo) => Segments(Door(), NameOf(repo));

    internal string PathOf(string repo, SegmentName name) => files.Path.Combine(DirectoryOf(repo), name.File);

    internal TapePlace Create(string repo, SegmentName name) => TapePlace.Create(files, PathOf(repo, name));

    /// <summary>
    /// Deletes the oldest segments until all that is kept has at most so many bytes. The newest of a repository stays: it may be written.
    /// </summary>
    /// <exception cref="IOException">One cannot be deleted.</exception>
    internal void Trim(long maxBytes)
    {
        var door = Door();
        var all = door.Directories(GuardedFiles.Top)
            .Select(directory => (Directory: directory, Segments: Segments(door, directory))).ToArray();
        var kept = all.Sum(static one => one.Segments.Sum(static segment => segment.Size));
        var old = all.SelectMany(static one => one.Segments.SkipLast(1).Select(segment => (one.Directory, segment.Name, segment.Size)))
            .OrderBy(static one => one.Name.File, StringComparer.Ordinal);
        foreach (var (directory, name, size) in old.TakeWhile(_ => kept > maxBytes))
        {
            door.Delete($"{directory}/{name.File}");
            kept -= size;
        }
    }

    private GuardedFiles Door() => GuardedFiles.Open(files, root);

    private static (SegmentName Name, long Size)[] Segments(GuardedFiles door, string directory) =>
    [
        .. door.Files(directory)
            .Select(static entry => (Name: SegmentName.Parse(entry.Name), entry.Stamp.Size))
            .Where(static entry => entry.Name is not null)
            .Select(static entry => (entry.Name!, entry.Size))
            .OrderBy(static entry => entry.Item1.File, StringComparer.Ordinal),
    ];

    private static string NameOf(string repo)
    {
        var name = RedactionRules.For(repo, null, []).RepositoryAs;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repo.TrimEnd('/'))));
        return $"{name[(name.LastIndexOf('/') + 1)..]}-{hash[..12]}";
    }
}
