using System.Globalization;
using System.IO.Abstractions;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using OpsManager.Contract;

namespace OpsManager.Service.Unix;

/// <summary>
/// A socket in the file system that its user alone can connect to. It has its mode before it has its name, so that there is no moment
/// in which others could connect; and a name is never taken from anything but a socket of the same user on which nobody listens.
/// </summary>
internal sealed partial class SocketFile : IDisposable
{
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Longest path of a socket in bytes, by sockaddr_un.</summary>
    public const int MaxPathBytes = 107;

    private const int Unix = 1;
    private const int StreamCloseOnExec = 1 | 0x80000;

    private readonly IFileSystem files;
    private readonly string path;
    private readonly FileEntry entry;

    private SocketFile(IFileSystem files, string path, FileEntry entry, Socket socket) =>
        (this.files, this.path, this.entry, Socket) = (files, path, entry, socket);

    /// <summary>It listens. The caller closes it.</summary>
    public Socket Socket { get; }

    /// <param name="path">Absolute.</param>
    /// <param name="backlog">Connections that the system keeps waiting.</param>
    /// <param name="time">Measures how long the directory is waited for.</param>
    /// <exception cref="ContractException">There can be no such socket.</exception>
    /// <exception cref="IOException">Something else is there, somebody listens there already, or the system refuses.</exception>
    public static async Task<SocketFile> CreateAsync(
        IFileSystem files, string path, int backlog, TimeProvider time, CancellationToken cancel = default)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new ContractException("usage", "--socket needs Linux: listen on an address with --host and --port instead");
        }

        if (Encoding.UTF8.GetByteCount(path) > MaxPathBytes || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ContractException("usage", $"--socket {path} is too long: a socket's path has at most {MaxPathBytes} bytes");
        }

        var directory = files.Path.GetDirectoryName(path) ?? throw new ContractException("usage", $"--socket {path} is a directory");
        SocketDirectory.Check(directory, geteuid(), link => files.FileInfo.New(link).LinkTarget);
        // Where a service listens, nobody waits for a lock to be told so.
        CheckStale(path);
        // From looking at the name to listening there: of two services that start at once, one finds the other at work.
        using var alone = await DirectoryLock.TakeAsync(directory, time, cancel).ConfigureAwait(false);
        if (CheckStale(path))
        {
            files.File.Delete(path);
        }

        var socket = Bind(path);
        try
        {
            var entry = FileEntry.Find(path);
            if (entry is not { IsSocket: true } || entry.Owner != geteuid() || entry.Permissions != Mode)
            {
                throw new IOException(
                    $"{path} is not the socket that was made there, with mode 0600. Name a socket in a directory of your own.");
            }

            socket.Listen(backlog);
            return new SocketFile(files, path, entry, socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Removes the name, where it is still this socket's.</summary>
    public void Dispose()
    {
        Socket.Dispose();
        if (FileEntry.Find(path) is { } now && now.IsSame(entry))
        {
            files.File.Delete(path);
        }
    }

    /// <summary>Whether the name is a socket without a listener.</summary>
    /// <exception cref="IOException">Anything else has it.</exception>
    private static bool CheckStale(string path)
    {
        if (FileEntry.Find(path) is not { } there)
        {
            return false;
        }

        var fault = there switch
        {
            { IsLink: true } => "is a link",
            { IsSocket: false } => "exists already and is not a socket",
            _ when there.Owner != geteuid() => "is a socket of another user",
            _ when IsListening(path) => "is in use: a program listens there",
            _ => null,
        };
        if (fault is not null)
        {
            throw new IOException($"{path} {fault}. Nothing was changed there: name another socket.");
        }

        return true;
    }

    private static bool IsListening(string path)
    {
        // Where the queue of a service is full, connecting would wait.
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode != SocketError.ConnectionRefused;
        }
    }

    /// <summary>Not by Socket.Bind: a socket that was bound so deletes whatever has its name when it is closed.</summary>
    private static Socket Bind(string path)
    {
        var handle = new SafeSocketHandle(socket(Unix, StreamCloseOnExec, 0), ownsHandle: true);
        if (handle.IsInvalid)
        {
            throw Fault(path);
        }

        var address = new byte[2 + MaxPathBytes + 1];
        // The family is in the byte order of the host.
        BitConverter.TryWriteBytes(address, (ushort)Unix);
        var length = 2 + Encoding.UTF8.GetBytes(path, address.AsSpan(2)) + 1;
        if (fchmod(handle, (uint)Mode) != 0 || bind(handle, address, (uint)length) != 0)
        {
            var fault = Fault(path);
            handle.Dispose();
            throw fault;
        }

        return new Socket(handle);
    }

    private static IOException Fault(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException(
            string.Create(CultureInfo.InvariantCulture, $"cannot listen on {path}: {Marshal.GetPInvokeErrorMessage(error)}"));
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socket(int family, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fchmod(SafeSocketHandle descriptor, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int bind(SafeSocketHandle descriptor, byte[] address, uint length);

    [LibraryImport("libc")]
    private static partial uint geteuid();
}
