using System.IO.Abstractions;
using System.Text;
using Microsoft.Win32.SafeHandles;
using OpsManager.Contract;

namespace OpsManager.Sources.Files;

/// <summary>
/// The door to the files of a repository on disk: nothing else opens, writes or lists one (docs/security.md, "Files of a repository").
/// A link in any component of a path is refused with its name, only regular files are opened, and what has another name elsewhere is
/// not written. The path of the repository itself is the user's word, and may lead over links.
/// </summary>
public sealed class GuardedFiles : IRepoFiles
{
    /// <summary>The path of the repository's own directory, where one is listed.</summary>
    public const string Top = "";

    /// <summary>A line that has not grown for so many looks has no writer now.</summary>
    private const int EnoughLooks = 25;

    private readonly IFileSystem files;
    private readonly IGuardedDisk disk;
    private readonly bool servesOthers;

    internal GuardedFiles(IFileSystem files, string root, IGuardedDisk disk, bool servesOthers) =>
        (this.files, Root, this.disk, this.servesOthers) = (files, root, disk, servesOthers);

    public string Root { get; }

    /// <summary>Files of <paramref name="root"/> by the best way that this host has.</summary>
    /// <param name="servesOthers">What is read is handed to others: a file that has another name elsewhere is then not read
    /// either.</param>
    public static GuardedFiles Open(IFileSystem files, string root, bool servesOthers = false)
    {
        var followed = files is HostFileSystem host ? host.Links.In(files, root) : null;
        IGuardedDisk disk = files is FileSystem && LinuxFiles.HasStatx
            ? new LinuxDisk(root, followed, stepwise: !LinuxFiles.HasOpenAt2)
            : new PortableDisk(files, root, followed);
        return new(files, root, disk, servesOthers);
    }

    /// <summary>The path as it is named to people.</summary>
    public string Full(string path) => files.Path.Combine(Root, path);

    public FileProbe Probe(string path)
    {
        if (!RepoPath.IsInside(path))
        {
            return FileProbe.Unreadable("not a path inside the repository");
        }

        var probe = disk.Probe(path);
        return probe.HasOtherNames && servesOthers ? FileProbe.Unreadable(GuardedFaults.OtherNames) : probe;
    }

    public bool IsFile(string path) => Probe(path).IsPresent;

    public bool IsDirectory(string path) => Probe(path) == FileProbe.Directory;

    public int ReadAt(string path, long offset, Span<byte> buffer)
    {
        if (servesOthers && disk.Probe(RepoPath.Checked(path)).HasOtherNames)
        {
            throw new IOException($"{Full(path)}: {GuardedFaults.OtherNames}");
        }

        return disk.ReadAt(RepoPath.Checked(path), offset, buffer);
    }

    /// <summary>The whole file; null where it is not there.</summary>
    /// <exception cref="IOException">It cannot be read, is reached through a link only, or is larger than <paramref
    /// name="maxBytes"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public byte[]? Read(string path, int maxBytes = BoundedRead.MaxArtifactBytes)
    {
        var probe = Probe(path);
        if (probe.IsMissing)
        {
            return null;
        }

        if (!probe.IsPresent)
        {
            throw new IOException($"{Full(path)}: {probe.Fault}");
        }

        try
        {
            return BoundedRead.Whole(this, path, probe.Stamp.Size, maxBytes)
                ?? throw new IOException($"{Full(path)} is larger than {maxBytes / 1024} KiB; move it away");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public IReadOnlyList<string> Directories(string path) =>
        [.. (disk.List(Listed(path)) ?? [])
            .Where(static entry => entry.IsDirectory)
            .Select(static entry => entry.Name)
            .Order(StringComparer.Ordinal)];

    public IReadOnlyList<FileEntry> Files(string directory)
    {
        var entries = new List<FileEntry>();
        foreach (var (name, isDirectory) in (disk.List(Listed(directory)) ?? []).OrderBy(
            static entry => entry.Name, StringComparer.Ordinal))
        {
            if (!isDirectory && EntryOf(directory, name) is { } entry)
            {
                entries.Add(entry);
            }

            if (entries.Count == IRepoFiles.MaxEntries)
            {
                break;
            }
        }

        return entries;
    }

    /// <summary>Replaces the file by rename; what was there stays whole until the new text is on disk.</summary>
    /// <exception cref="IOException">It cannot be written, or its directory is reached through a link only.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public void Replace(string path, string text) => disk.Replace(Writable(path), Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>The same with bytes that only this user may read.</summary>
    /// <exception cref="IOException">It cannot be written, or its directory is reached through a link only.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public void ReplaceOwn(string path, ReadOnlySpan<byte> bytes) => disk.Replace(Writable(path), bytes, isOwn: true);

    /// <summary>
    /// A file that nobody but this user can have written; null where there is none, where it is larger than <paramref name="maxBytes"/>,
    /// and where the host cannot say whose it is.
    /// </summary>
    public byte[]? ReadOwn(string path, int maxBytes) => disk.ReadOwn(RepoPath.Checked(path), maxBytes);

    /// <summary>Appends one whole line with one write, which the system does not mix with another writer's.</summary>
    /// <param name="durable">Wait until it is on disk.</param>
    /// <returns>Where in the file it stands, in bytes; about, where another writer was faster.</returns>
    /// <exception cref="IOException">It cannot be written, is behind a link, or has another name elsewhere.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public (long Start, long End) AppendLine(string path, string line, bool durable = false)
    {
        using var stream = disk.OpenAppend(Writable(path));
        var start = EndsInTheMiddle(stream) ? "\n" : "";
        var at = stream.Seek(0, SeekOrigin.End);
        var bytes = Encoding.UTF8.GetBytes($"{start}{line}\n");
        stream.Write(bytes);
        if (durable)
        {
            Flush(stream);
        }

        return (at, at + bytes.Length);
    }

    /// <summary>Opens a file that only this user may read for writing at its end; made where it is not there.</summary>
    /// <exception cref="IOException">It cannot be opened, is behind a link, or has another name elsewhere.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission, or it is another user's.</exception>
    public Stream OpenOwnAppend(string path)
    {
        var stream = disk.OpenAppend(Writable(path));
        if (stream is FileStream file && !OperatingSystem.IsWindows())
        {
            try
            {
                files.File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }

        return stream;
    }

    /// <summary>Opens a file of ours for reading and writing, made where it is not there: one that is locked.</summary>
    /// <exception cref="IOException">It cannot be opened, is behind a link, or has another name elsewhere.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public SafeFileHandle OpenHandle(string path) => disk.OpenHandle(Writable(path));

    /// <summary>Gives a file another name in its directory, and replaces what has that name.</summary>
    /// <param name="name">Without a directory.</param>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public void Rename(string path, string name) => disk.Rename(RepoPath.Checked(path), RepoPath.Checked(name));

    /// <summary>A file and another of its directory change their names in one step: nobody ever sees one name without a file.</summary>
    /// <param name="name">Of the other, without a directory.</param>
    /// <returns>False where the file system has no such step; nothing has changed then.</returns>
    /// <exception cref="IOException">One of them is not there, or cannot be renamed.</exception>
    public bool TryExchange(string path, string name) => disk.TryExchange(RepoPath.Checked(path), RepoPath.Checked(name));

    /// <summary>Removes a file, or a link itself; nothing where it is not there.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Delete(string path) => disk.Delete(RepoPath.Checked(path));

    /// <summary>
    /// The manager's directories are made as they are needed, and .superloop itself never: where it was moved away, or is not mounted, a
    /// new one would block what comes back.
    /// </summary>
    private string Writable(string path)
    {
        var checkedPath = RepoPath.Checked(path);
        return checkedPath.StartsWith(ArtifactPaths.ManagerRoot + "/", StringComparison.Ordinal)
            && disk.Probe(ArtifactPaths.Root).IsMissing
            ? throw new DirectoryNotFoundException($"{Full(ArtifactPaths.Root)} is missing, so nothing can be written there")
            : checkedPath;
    }

    private static string Listed(string directory) => directory == Top ? directory : RepoPath.Checked(directory);

    private FileEntry? EntryOf(string directory, string name)
    {
        if (name.Contains('\uFFFD'))
        {
            return new FileEntry(name, default, "its name is not UTF-8, so it cannot be opened");
        }

        var probe = Probe(directory == Top ? name : $"{directory}/{name}");
        return probe.IsPresent ? new FileEntry(name, probe.Stamp, null) { HasOtherNames = probe.HasOtherNames }
            : probe.IsMissing || probe == FileProbe.Directory ? null
            : new FileEntry(name, default, probe.Fault);
    }

    private static void Flush(Stream stream)
    {
        if (stream is FileSystemStream file)
        {
            file.Flush(flushToDisk: true);
        }
        else
        {
            ((FileStream)stream).Flush(flushToDisk: true);
        }
    }

    /// <summary>Whether somebody's last line lacks its end: a disk was full, or a writer died.</summary>
    private static bool EndsInTheMiddle(Stream stream)
    {
        // Another writer may be at it right now: a long line becomes visible page by page. One that was left does not grow.
        var spin = new SpinWait();
        var (size, isWhole) = LookAtEnd(stream);
        for (var looks = 0; !isWhole && looks < EnoughLooks; looks++)
        {
            spin.SpinOnce();
            var before = size;
            (size, isWhole) = LookAtEnd(stream);
            looks = size == before ? looks : 0;
        }

        return !isWhole;
    }

    private static (long Size, bool IsWhole) LookAtEnd(Stream stream)
    {
        var size = stream.Length;
        if (size == 0)
        {
            return (0, true);
        }

        stream.Position = size - 1;
        return (size, stream.ReadByte() == '\n');
    }
}
