using Microsoft.Win32.SafeHandles;

namespace OpsManager.Sources.Files;

/// <summary>A repository on a Linux disk. Each path is opened below the repository's own directory: see <see cref="LinuxTree"/>.</summary>
internal sealed class LinuxDisk : IGuardedDisk
{
    private const int InvalidArgument = 22;
    private const int NoSuchCall = 38;
    private const int NotSupported = 95;

    private const int ReadOnly = LinuxFiles.NonBlocking | LinuxFiles.NoTerminal | LinuxFiles.CloseOnExec;

    private readonly LinuxTree tree;
    private readonly ProbeCache probes;
    private readonly FileReplacement replacement;

    /// <param name="root">The repository.</param>
    /// <param name="followed">The path, relative to the repository, that may be a link; null where none may.</param>
    /// <param name="stepwise">Without openat2(2), which old kernels and some containers lack.</param>
    public LinuxDisk(string root, string? followed, bool stepwise)
    {
        tree = new LinuxTree(root, followed, stepwise);
        probes = new ProbeCache(tree);
        replacement = new FileReplacement(tree);
    }

    public FileProbe Probe(string path) => probes.Probe(path);

    public int ReadAt(string path, long offset, Span<byte> buffer)
    {
        var opened = OpenFile(path);
        try
        {
            var read = LinuxFiles.ReadAt(opened, offset, buffer);
            return read < 0 ? throw tree.Fault(path, -read) : read;
        }
        finally
        {
            LinuxFiles.CloseNow(opened);
        }
    }

    public IReadOnlyList<(string Name, bool IsDirectory)>? List(string path)
    {
        var opened = tree.Open(path, LinuxFiles.Directory | LinuxFiles.NoFollow | LinuxFiles.CloseOnExec);
        if (opened == -LinuxFiles.NotADirectory && tree.LinkOn(path) is not null)
        {
            opened = -LinuxFiles.TooManyLinks;
        }

        if (opened is -LinuxFiles.NoEntry or -LinuxFiles.NotADirectory)
        {
            return null;
        }

        try
        {
            return opened < 0 ? throw tree.Fault(path, -opened) : Names(opened, path);
        }
        finally
        {
            LinuxFiles.CloseNow(opened);
        }
    }

    public Stream OpenAppend(string path) =>
        new FileStream(OpenOwn(path, LinuxFiles.ReadWrite | LinuxFiles.Append), FileAccess.ReadWrite, bufferSize: 0);

    public SafeFileHandle OpenHandle(string path) => OpenOwn(path, LinuxFiles.ReadWrite);

    public void Replace(string path, ReadOnlySpan<byte> bytes, bool isOwn = false) => replacement.Replace(path, bytes, isOwn);

    public byte[]? ReadOwn(string path, int maxBytes)
    {
        var opened = tree.Open(path, ReadOnly | LinuxFiles.NoFollow);
        if (opened < 0)
        {
            return null;
        }

        try
        {
            if (LinuxFiles.Stat(opened, out var found) != 0 || !found.IsFile || found.Links != 1 || found.Owner != LinuxFiles.User
                || found.IsWritableByOthers || found.Size > (ulong)maxBytes)
            {
                return null;
            }

            var bytes = GC.AllocateUninitializedArray<byte>((int)found.Size);
            return LinuxFiles.ReadAt(opened, 0, bytes) == bytes.Length ? bytes : null;
        }
        finally
        {
            LinuxFiles.CloseNow(opened);
        }
    }

    public void Rename(string from, string to)
    {
        var parent = tree.OpenParent(from);
        var result = LinuxFiles.RenameIn(parent, RepoPath.Cut(from).Name, to);
        LinuxFiles.CloseNow(parent);
        if (result < 0)
        {
            throw tree.Fault(from, -result);
        }
    }

    public bool TryExchange(string path, string name)
    {
        var parent = tree.OpenParent(path);
        var result = LinuxFiles.ExchangeIn(parent, RepoPath.Cut(path).Name, name);
        LinuxFiles.CloseNow(parent);
        return result is not (-InvalidArgument or -NoSuchCall or -NotSupported) && (result == 0 ? true : throw tree.Fault(path, -result));
    }

    public void Delete(string path)
    {
        var (directory, name) = RepoPath.Cut(path);
        var parent = tree.OpenDirectory(directory, create: false);
        var result = parent < 0 ? parent : LinuxFiles.RemoveIn(parent, name);
        if (parent >= 0)
        {
            LinuxFiles.CloseNow(parent);
        }

        if (result is < 0 and not -LinuxFiles.NoEntry)
        {
            throw tree.Fault(path, -result);
        }
    }

    private List<(string Name, bool IsDirectory)> Names(int directory, string path) =>
        DirectoryNames.Read(directory, out var names) is < 0 and var error ? throw tree.Fault(path, -error) : names;

    /// <summary>A file of ours: a regular one with one name.</summary>
    private SafeFileHandle OpenOwn(string path, int flags)
    {
        var parent = tree.OpenParent(path);
        var opened = LinuxFiles.OpenIn(
            parent, RepoPath.Cut(path).Name, flags | LinuxFiles.Create | LinuxFiles.NoFollow | ReadOnly, LinuxFiles.FilePermissions);
        LinuxFiles.CloseNow(parent);
        if (opened < 0)
        {
            throw tree.Fault(path, -opened);
        }

        using var handle = new OwnedHandle(opened);
        var result = LinuxFiles.Stat(opened, out var found);
        if (result < 0)
        {
            throw tree.Fault(path, -result);
        }

        return !found.IsFile ? throw GuardedFaults.NotOurs(tree.Full(path), FileProbe.NotRegular)
            : found.Links > 1 ? throw GuardedFaults.NotOurs(tree.Full(path), GuardedFaults.OtherNames)
            : handle.Take();
    }

    /// <summary>Opens a regular file to be read.</summary>
    private int OpenFile(string path)
    {
        var opened = tree.Open(path, ReadOnly | LinuxFiles.NoFollow);
        if (opened < 0)
        {
            throw tree.Fault(path, -opened);
        }

        var result = LinuxFiles.Stat(opened, out var found);
        if (result < 0 || !found.IsFile)
        {
            LinuxFiles.CloseNow(opened);
            throw result < 0 ? tree.Fault(path, -result) : new PathRefusedException($"{tree.Full(path)}: {FileProbe.NotRegular}");
        }

        return opened;
    }

    /// <summary>Closes a descriptor unless it is handed on.</summary>
    private sealed class OwnedHandle(int descriptor) : IDisposable
    {
        private SafeFileHandle? handle = new(descriptor, ownsHandle: true);

        public SafeFileHandle Take()
        {
            var taken = handle!;
            handle = null;
            return taken;
        }

        public void Dispose() => handle?.Dispose();
    }
}
