using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OpsManager.Sources.Files;

/// <summary>A repository on a Linux disk: each path is opened below the repository's own directory, by the kernel in one call or step by step.</summary>
/// <param name="followed">The path, relative to the repository, that may be a link; null where none may.</param>
/// <param name="stepwise">Without openat2(2), which old kernels and some containers lack.</param>
internal sealed class LinuxDisk(string root, string? followed, bool stepwise) : IGuardedDisk
{
    /// <summary>Names of one directory that are listed at most.</summary>
    private const int MaxNames = 100_000;

    /// <summary>Paths whose last look is remembered.</summary>
    private const int MaxSeen = 8192;

    private const int IsADirectory = 21;
    private const int NoDevice = 6;
    private const int NoSuchDevice = 19;
    private const int InvalidArgument = 22;
    private const int NoSuchCall = 38;
    private const int NotSupported = 95;

    private const int ReadOnly = LinuxFiles.NonBlocking | LinuxFiles.NoTerminal | LinuxFiles.CloseOnExec;

    /// <summary>How much older than our own a half-written file has to be before it counts as left behind.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromMinutes(1);

    private static int replaced;

    private readonly ConcurrentDictionary<string, (string Full, FileProbe Probe)> seen = new(StringComparer.Ordinal);

    public FileProbe Probe(string path)
    {
        // A file that is, by identity, size and time, the one that was reached without a link has not changed: one call instead of five.
        if (seen.TryGetValue(path, out var known) && LinuxFiles.Stat(known.Full, LinuxFiles.DoNotFollow, out var quick) == 0 && quick.IsFile
            && quick.Probe == known.Probe)
        {
            return known.Probe;
        }

        var probe = Look(path);
        if (probe.IsPresent)
        {
            if (seen.Count >= MaxSeen)
            {
                seen.Clear();
            }

            seen[path] = (known.Full ?? Full(path), probe);
        }

        return probe;
    }

    public int ReadAt(string path, long offset, Span<byte> buffer)
    {
        var opened = OpenFile(path, ReadOnly, out _);
        try
        {
            var read = LinuxFiles.ReadAt(opened, offset, buffer);
            return read < 0 ? throw Fault(path, -read) : read;
        }
        finally
        {
            LinuxFiles.CloseNow(opened);
        }
    }

    public IReadOnlyList<(string Name, bool IsDirectory)>? List(string path)
    {
        var opened = Open(path, LinuxFiles.Directory | LinuxFiles.NoFollow | LinuxFiles.CloseOnExec);
        if (opened == -LinuxFiles.NotADirectory && LinkOn(path) is not null)
        {
            opened = -LinuxFiles.TooManyLinks;
        }

        if (opened is -LinuxFiles.NoEntry or -LinuxFiles.NotADirectory)
        {
            return null;
        }

        try
        {
            return opened < 0 ? throw Fault(path, -opened) : Names(opened, path);
        }
        finally
        {
            LinuxFiles.CloseNow(opened);
        }
    }

    public Stream OpenAppend(string path) => new FileStream(OpenOwn(path, LinuxFiles.ReadWrite | LinuxFiles.Append), FileAccess.ReadWrite, bufferSize: 0);

    public SafeFileHandle OpenHandle(string path) => OpenOwn(path, LinuxFiles.ReadWrite);

    public void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var (directory, name) = RepoPath.Cut(path);
        var parent = Parent(directory, path);
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{name}.{Environment.ProcessId}.{Interlocked.Increment(ref replaced)}.tmp");
        try
        {
            Write(parent, temporary, bytes, path);
            if (LinuxFiles.RenameIn(parent, temporary, name) is < 0 and var error)
            {
                throw Fault(path, -error);
            }

            RemoveLeftBehind(parent, name, path);
        }
        catch
        {
            _ = LinuxFiles.RemoveIn(parent, temporary);
            throw;
        }
        finally
        {
            LinuxFiles.CloseNow(parent);
        }
    }

    public void Rename(string from, string to)
    {
        var (directory, name) = RepoPath.Cut(from);
        var parent = Parent(directory, from);
        var result = LinuxFiles.RenameIn(parent, name, to);
        LinuxFiles.CloseNow(parent);
        if (result < 0)
        {
            throw Fault(from, -result);
        }
    }

    public bool TryExchange(string path, string name)
    {
        var (directory, own) = RepoPath.Cut(path);
        var parent = Parent(directory, path);
        var result = LinuxFiles.ExchangeIn(parent, own, name);
        LinuxFiles.CloseNow(parent);
        return result is not (-InvalidArgument or -NoSuchCall or -NotSupported) && (result == 0 ? true : throw Fault(path, -result));
    }

    public void Delete(string path)
    {
        var (directory, name) = RepoPath.Cut(path);
        var parent = OpenDirectory(directory, create: false);
        var result = parent < 0 ? parent : LinuxFiles.RemoveIn(parent, name);
        if (parent >= 0)
        {
            LinuxFiles.CloseNow(parent);
        }

        if (result is < 0 and not -LinuxFiles.NoEntry)
        {
            throw Fault(path, -result);
        }
    }

    private FileProbe Look(string path)
    {
        var opened = Open(path, LinuxFiles.PathOnly | LinuxFiles.NoFollow | LinuxFiles.CloseOnExec);
        if (opened < 0)
        {
            return -opened switch
            {
                LinuxFiles.NoEntry => FileProbe.Missing,
                LinuxFiles.NotADirectory when LinkOn(path) is null => FileProbe.Missing,
                LinuxFiles.NotADirectory or LinuxFiles.TooManyLinks or LinuxFiles.CrossDevice when LinkOn(path) is { } link => FileProbe.Unreadable(GuardedFaults.Link(link)),
                var error => FileProbe.Unreadable(Marshal.GetPInvokeErrorMessage(error)),
            };
        }

        var result = LinuxFiles.Stat(opened, out var found);
        LinuxFiles.CloseNow(opened);
        return result == 0 ? found.Probe : FileProbe.Unreadable(Marshal.GetPInvokeErrorMessage(-result));
    }

    /// <summary>A file of ours: a regular one with one name.</summary>
    private SafeFileHandle OpenOwn(string path, int flags)
    {
        var (directory, name) = RepoPath.Cut(path);
        var parent = Parent(directory, path);
        var opened = LinuxFiles.OpenIn(parent, name, flags | LinuxFiles.Create | LinuxFiles.NoFollow | ReadOnly, LinuxFiles.FilePermissions);
        LinuxFiles.CloseNow(parent);
        if (opened < 0)
        {
            throw Fault(path, -opened);
        }

        using var handle = new OwnedHandle(opened);
        var result = LinuxFiles.Stat(opened, out var found);
        if (result < 0)
        {
            throw Fault(path, -result);
        }

        return !found.IsFile ? throw GuardedFaults.NotOurs(Full(path), FileProbe.NotRegular)
            : found.Links > 1 ? throw GuardedFaults.NotOurs(Full(path), GuardedFaults.OtherNames)
            : handle.Take();
    }

    /// <summary>Opens a regular file to be read.</summary>
    private int OpenFile(string path, int flags, out Statx found)
    {
        var opened = Open(path, flags | LinuxFiles.NoFollow);
        if (opened < 0)
        {
            throw Fault(path, -opened);
        }

        var result = LinuxFiles.Stat(opened, out found);
        if (result < 0 || !found.IsFile)
        {
            LinuxFiles.CloseNow(opened);
            throw result < 0 ? Fault(path, -result) : new PathRefusedException($"{Full(path)}: {FileProbe.NotRegular}");
        }

        return opened;
    }

    /// <returns>The descriptor, or the negative error number.</returns>
    private int Open(string path, int flags)
    {
        var (start, rest) = Start(path);
        var directory = LinuxFiles.OpenIn(LinuxFiles.CurrentDirectory, start, LinuxFiles.PathOnly | LinuxFiles.Directory | LinuxFiles.CloseOnExec);
        if (directory < 0)
        {
            return directory;
        }

        if (!stepwise || rest.Length == 0)
        {
            var opened = rest.Length == 0 ? LinuxFiles.OpenIn(directory, ".", flags) : LinuxFiles.OpenBeneath(directory, rest, flags, 0);
            LinuxFiles.CloseNow(directory);
            return opened;
        }

        var (above, name) = RepoPath.Cut(rest);
        var parent = Walk(directory, above, create: false);
        var found = parent < 0 ? parent : LinuxFiles.OpenIn(parent, name, flags);
        if (parent >= 0)
        {
            LinuxFiles.CloseNow(parent);
        }

        return found;
    }

    /// <summary>The directory of a file that is to be written, made where it is not there.</summary>
    private int Parent(string directory, string path) => OpenDirectory(directory, create: true) switch
    {
        >= 0 and var opened => opened,
        -LinuxFiles.NotADirectory => throw new IOException($"{Full(path)} cannot be made: something else stands in the place of its directory"),
        var error => throw Fault(path, -error),
    };

    private int OpenDirectory(string path, bool create)
    {
        var (start, rest) = Start(path);
        var directory = LinuxFiles.OpenIn(LinuxFiles.CurrentDirectory, start, LinuxFiles.PathOnly | LinuxFiles.Directory | LinuxFiles.CloseOnExec);
        return directory < 0 ? directory : Walk(directory, rest, create);
    }

    /// <summary>Goes down step by step from a directory, which is closed. A link on the way is the error of too many links.</summary>
    private static int Walk(int directory, string path, bool create)
    {
        const int Flags = LinuxFiles.PathOnly | LinuxFiles.CloseOnExec;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = LinuxFiles.OpenIn(directory, name, Flags | LinuxFiles.Directory | LinuxFiles.NoFollow);
            if (next == -LinuxFiles.NoEntry && create && LinuxFiles.MakeDirectoryIn(directory, name) is 0 or -LinuxFiles.Exists)
            {
                next = LinuxFiles.OpenIn(directory, name, Flags | LinuxFiles.Directory | LinuxFiles.NoFollow);
            }

            if (next == -LinuxFiles.NotADirectory && LinuxFiles.StatIn(directory, name, out var found) == 0 && found.IsLink)
            {
                next = -LinuxFiles.TooManyLinks;
            }

            LinuxFiles.CloseNow(directory);
            if (next < 0)
            {
                return next;
            }

            directory = next;
        }

        return directory;
    }

    /// <summary>Where opening begins: the repository, or the link that is allowed, whose target is then the root.</summary>
    private (string Start, string Below) Start(string path) =>
        followed is not null && RepoPath.Below(path, followed) is { } rest ? (Full(followed), rest) : (root, path);

    private void Write(int parent, string name, ReadOnlySpan<byte> bytes, string path)
    {
        var opened = LinuxFiles.OpenIn(
            parent, name, LinuxFiles.WriteOnly | LinuxFiles.Create | LinuxFiles.Exclusive | LinuxFiles.NoFollow | LinuxFiles.CloseOnExec, LinuxFiles.FilePermissions);
        if (opened < 0)
        {
            throw Fault(path, -opened);
        }

        using var stream = new FileStream(new SafeFileHandle(opened, ownsHandle: true), FileAccess.Write, bufferSize: 0);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Removes what managers that were killed in the middle of <see cref="Replace"/> left beside the file.</summary>
    private void RemoveLeftBehind(int parent, string name, string path)
    {
        if (LinuxFiles.StatIn(parent, name, out var ours) != 0)
        {
            return;
        }

        var opened = LinuxFiles.OpenIn(parent, ".", LinuxFiles.Directory | LinuxFiles.CloseOnExec);
        if (opened < 0)
        {
            return;
        }

        try
        {
            foreach (var (other, _) in Names(opened, path))
            {
                if (TemporaryFile.WriterOf(other, name) is { } pid && pid != Environment.ProcessId && !LinuxFiles.ProcessExists(pid)
                    && LinuxFiles.StatIn(parent, other, out var found) == 0 && found.Stamp.ModifiedAt < ours.Stamp.ModifiedAt - LeftBehind)
                {
                    _ = LinuxFiles.RemoveIn(parent, other);
                }
            }
        }
        finally
        {
            LinuxFiles.CloseNow(opened);
        }
    }

    private unsafe List<(string Name, bool IsDirectory)> Names(int directory, string path)
    {
        const int NameAt = 19, TypeAt = 18, LengthAt = 16, DirectoryType = 4, UnknownType = 0;
        var names = new List<(string, bool)>();
        var buffer = new byte[16 * 1024];
        fixed (byte* start = buffer)
        {
            int read;
            while ((read = LinuxFiles.List(directory, start, buffer.Length)) > 0 && names.Count < MaxNames)
            {
                for (var at = 0; at < read; at += BitConverter.ToUInt16(buffer, at + LengthAt))
                {
                    var text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(start + at + NameAt);
                    if (text is [(byte)'.'] or [(byte)'.', (byte)'.'])
                    {
                        continue;
                    }

                    var name = Encoding.UTF8.GetString(text);
                    var type = buffer[at + TypeAt];
                    var isDirectory = type == DirectoryType || (type == UnknownType && LinuxFiles.StatIn(directory, name, out var found) == 0 && found.IsDirectory);
                    names.Add((name, isDirectory));
                }
            }

            return read < 0 ? throw Fault(path, -read) : names;
        }
    }

    /// <summary>The first component of a path that is a link, for the message; null where none is by now.</summary>
    private string? LinkOn(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            var part = end < 0 ? path : path[..end];
            if (part != followed && LinuxFiles.Stat(Full(part), LinuxFiles.DoNotFollow, out var found) == 0 && found.IsLink)
            {
                return part;
            }

            if (end < 0)
            {
                return null;
            }
        }
    }

    private Exception Fault(string path, int error) => error switch
    {
        LinuxFiles.NoEntry => new FileNotFoundException($"{Full(path)} is not there", Full(path)),
        LinuxFiles.NoAccess or LinuxFiles.NotPermitted => new UnauthorizedAccessException($"{Full(path)}: {Marshal.GetPInvokeErrorMessage(error)}"),
        LinuxFiles.TooManyLinks or LinuxFiles.CrossDevice or LinuxFiles.NotADirectory when LinkOn(path) is { } link => new PathRefusedException(Full(GuardedFaults.Link(link))),
        IsADirectory or NoDevice or NoSuchDevice => new PathRefusedException($"{Full(path)}: {FileProbe.NotRegular}"),
        LinuxFiles.NotADirectory => new FileNotFoundException($"{Full(path)} is not there", Full(path)),
        _ => new IOException($"{Full(path)}: {Marshal.GetPInvokeErrorMessage(error)}"),
    };

    private string Full(string path) => $"{root}/{path}";

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
