using System.Globalization;
using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Sources.Files;
using OpsManager.Sources.Storage;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// Where this process keeps its copy of a sprite. Two programs that wrote one copy would tear it: the second gets one of its own, and
/// both keep what the manager keeps (docs/contract.md, "Manager files") in the first, so that each obeys and sees what the other did.
/// </summary>
public sealed class CopyFolder : IDisposable
{
    /// <summary>Programs that may have the same sprite at once.</summary>
    private const int MaxCopies = 32;

    private readonly KernelLock held;

    private CopyFolder(string path, KernelLock held) => (Path, this.held) = (path, held);

    /// <summary>Laid out as a repository is.</summary>
    public string Path { get; }

    /// <summary>Takes the copy at <paramref name="root"/>, or one beside it where that is taken.</summary>
    /// <exception cref="IOException">It cannot be made, or too many are taken.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static CopyFolder Claim(IFileSystem files, string root)
    {
        var manager = files.Path.Combine(root, ArtifactPaths.ManagerRoot);
        files.Directory.CreateDirectory(manager);
        for (var number = 1; number <= MaxCopies; number++)
        {
            var path = number == 1 ? root : files.Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"also-{number}"));
            files.Directory.CreateDirectory(files.Path.Combine(path, ArtifactPaths.Root));
            if (KernelLock.TryTake(new GuardedPath(GuardedFiles.Open(files, path), "copy.lock")) is not { } held)
            {
                continue;
            }

            var own = files.Path.Combine(path, ArtifactPaths.ManagerRoot);
            if (!files.Directory.Exists(own))
            {
                files.Directory.CreateSymbolicLink(own, manager);
            }

            return new CopyFolder(path, held);
        }

        throw new IOException($"{root} and {MaxCopies - 1} more copies of it are in use");
    }

    public void Dispose() => held.Dispose();
}
