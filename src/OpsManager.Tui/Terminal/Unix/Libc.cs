using System.Runtime.InteropServices;

namespace OpsManager.Tui.Terminal.Unix;

/// <summary>The calls of the C library that the terminal needs and .NET does not offer. Linux numbers.</summary>
internal static unsafe partial class Libc
{
    public const int PollIn = 0x001;
    public const int PollOut = 0x004;
    public const int PollErr = 0x008;
    public const int PollHup = 0x010;
    public const int PollNval = 0x020;
    public const int Eintr = 4;
    public const int Eagain = 11;
    public const int EfdCloexecNonblock = 0x80000 | 0x800;
    public const int SigTstp = 20;
    private const int SigStop = 19;
    public const int WriteOnly = 1;
    public const int NoControllingTty = 0x100;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    /// <summary>O_PATH: to come back to, not to read.</summary>
    public const int PathOnly = 0x20_0000;

    /// <summary>Room for struct termios on any Linux; only the kernel and cfmakeraw look inside.</summary>
    public const int TermiosSize = 128;

    /// <summary>Room for struct sigaction on any Linux. All zeros is the default action.</summary>
    public const int SigactionSize = 256;

    private const nuint Tiocgwinsz = 0x5413;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct WinSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort PixelWidth;
        public ushort PixelHeight;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollFd* descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "chdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeDirectory(string path);

    [LibraryImport("libc", EntryPoint = "fchdir", SetLastError = true)]
    public static partial int ChangeDirectory(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    public static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "isatty", SetLastError = true)]
    public static partial int IsATty(int descriptor);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int TcGetAttr(int descriptor, byte* termios);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int TcSetAttr(int descriptor, int when, byte* termios);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    public static partial void CfMakeRaw(byte* termios);

    [LibraryImport("libc", EntryPoint = "tcgetpgrp", SetLastError = true)]
    public static partial int TcGetPgrp(int descriptor);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    public static partial int GetPgrp();

    [LibraryImport("libc", EntryPoint = "killpg", SetLastError = true)]
    public static partial int KillPg(int group, int signal);

    [LibraryImport("libc", EntryPoint = "raise", SetLastError = true)]
    private static partial int Raise(int signal);

    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    public static partial int SigAction(int signal, byte* action, byte* previous);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int kind, int id, int* information, int options);

    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void ExitNow(int code);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, WinSize* size);

    /// <summary>Stops this process until somebody continues it.</summary>
    public static void StopNow() => _ = Raise(SigStop);

    /// <summary>Whether a child of this process is stopped now. What waits for it goes on waiting.</summary>
    public static bool HasStoppedChild()
    {
        const int all = 0, stopped = 0x2, atOnce = 0x1, lookOnly = 0x0100_0000;
        // Room for siginfo_t; the signal's number comes first, and 0 is none.
        var information = stackalloc int[32];
        *information = 0;
        return WaitId(all, 0, information, stopped | atOnce | lookOnly) == 0 && *information != 0;
    }

    /// <summary>Columns and rows of the terminal behind <paramref name="descriptor"/>; false when there is none, or it says 0.</summary>
    public static bool TryGetWindowSize(int descriptor, out int columns, out int rows)
    {
        WinSize size = default;
        var answered = Ioctl(descriptor, Tiocgwinsz, &size) == 0;
        columns = size.Columns;
        rows = size.Rows;
        return answered && columns > 0 && rows > 0;
    }
}
