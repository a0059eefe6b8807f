using System.Runtime.InteropServices;

namespace OpsManager.Sources.Files;

/// <summary>
/// The file calls of Linux that .NET does not offer: opening step by step below a directory, and the identity of a file.
/// </summary>
internal static unsafe partial class LinuxFiles
{
    public const int CurrentDirectory = -100;

    public const int ReadWrite = 0x2;
    public const int WriteOnly = 0x1;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int NoTerminal = 0x100;
    public const int Append = 0x400;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int PathOnly = 0x200000;

    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int NoAccess = 13;
    public const int Exists = 17;
    public const int CrossDevice = 18;
    public const int NotADirectory = 20;
    public const int TooManyLinks = 40;

    public const uint AllPermissions = 0x1FF;
    public const uint FilePermissions = 0x1B6;

    /// <summary>Of a file that is only its owner's.</summary>
    public const uint OwnPermissions = 0x180;

    public const int DoNotFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;

    private const int OpenAt2Call = 437;
    private const ulong ResolveBeneathWithoutLinks = 0x8 | 0x4 | 0x2;

    private static readonly bool IsX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>O_DIRECTORY; its number is not the same on every processor.</summary>
    public static readonly int Directory = IsX64 ? 0x10000 : 0x4000;

    /// <summary>O_NOFOLLOW.</summary>
    public static readonly int NoFollow = IsX64 ? 0x20000 : 0x8000;

    private static readonly nint ListCall = IsX64 ? 217 : 61;

    private static readonly nint RenameAt2Call = IsX64 ? 316 : 276;

    /// <summary>RENAME_EXCHANGE.</summary>
    private const nint ExchangeNames = 2;

    /// <summary>Whether this host has statx(2).</summary>
    public static bool HasStatx { get; } = OperatingSystem.IsLinux() && TryStatx();

    /// <summary>Whether this host has openat2(2) and lets us call it: containers of some age do not.</summary>
    public static bool HasOpenAt2 { get; } = OperatingSystem.IsLinux() && TryOpenAt2();

    /// <summary>Opens a path below a directory; a link in any of its components is refused by the kernel (ELOOP, EXDEV).</summary>
    /// <returns>The descriptor, or the negative error number.</returns>
    public static int OpenBeneath(int directory, string path, int flags, uint mode)
    {
        var how = new OpenHow
        {
            Flags = (ulong)(uint)flags,
            Mode = (flags & Create) != 0 ? mode : 0,
            Resolve = ResolveBeneathWithoutLinks
        };
        nint opened;
        do
        {
            // TryAgain: something on the way was renamed while the kernel walked.
            opened = OpenAt2(OpenAt2Call, directory, path, &how, (nuint)sizeof(OpenHow));
        }
        while (opened < 0 && Marshal.GetLastPInvokeError() is Interrupted or TryAgain);
        return opened < 0 ? -Marshal.GetLastPInvokeError() : (int)opened;
    }

    /// <returns>The descriptor, or the negative error number.</returns>
    public static int OpenIn(int directory, string name, int flags, uint mode = 0)
    {
        int opened;
        do
        {
            opened = OpenAt(directory, name, flags, mode);
        }
        while (opened < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return opened < 0 ? -Marshal.GetLastPInvokeError() : opened;
    }

    /// <returns>0, or the negative error number.</returns>
    public static int Stat(string path, int flags, out Statx found) =>
        Result(StatxAt(CurrentDirectory, path, flags, BasicStats, out found));

    /// <returns>0, or the negative error number.</returns>
    public static int Stat(int descriptor, out Statx found) => Result(StatxAt(descriptor, "", EmptyPath, BasicStats, out found));

    /// <returns>0, or the negative error number.</returns>
    public static int StatIn(int directory, string name, out Statx found) =>
        Result(StatxAt(directory, name, DoNotFollow, BasicStats, out found));

    /// <summary>Reads at a place; fewer bytes than asked only at the end.</summary>
    /// <returns>Bytes, or the negative error number.</returns>
    public static int ReadAt(int descriptor, long offset, Span<byte> buffer)
    {
        var total = 0;
        fixed (byte* start = buffer)
        {
            while (total < buffer.Length)
            {
                var read = PRead(descriptor, start + total, (nuint)(buffer.Length - total), offset + total);
                if (read == 0)
                {
                    break;
                }

                if (read < 0 && Marshal.GetLastPInvokeError() is var error && error != Interrupted)
                {
                    return -error;
                }

                total += Math.Max(0, (int)read);
            }
        }

        return total;
    }

    /// <summary>The next entries of an open directory, as linux_dirent64.</summary>
    /// <returns>Bytes, 0 at the end, or the negative error number.</returns>
    public static int List(int directory, byte* buffer, int size) => (int)Result(GetEntries(ListCall, directory, buffer, (nuint)size));

    public static int MakeDirectoryIn(int directory, string name) => Result(MkDirAt(directory, name, AllPermissions));

    public static int RemoveIn(int directory, string name) => Result(UnlinkAt(directory, name, 0));

    public static int RenameIn(int directory, string from, string to) => Result(RenameAt(directory, from, directory, to));

    /// <summary>Two files of a directory change their names in one step.</summary>
    /// <returns>0, or the negative error number.</returns>
    public static int ExchangeIn(int directory, string one, string other) =>
        (int)Result(RenameAt2(RenameAt2Call, directory, one, directory, other, ExchangeNames));

    /// <summary>The user that files are opened as.</summary>
    public static uint User => EffectiveUser();

    /// <summary>Whether a process with that number exists, whoever it belongs to.</summary>
    public static bool ProcessExists(int pid) => Kill(pid, 0) == 0 || Marshal.GetLastPInvokeError() != 3;

    public static void CloseNow(int descriptor) => _ = Close(descriptor);

    private static int Result(int result) => result < 0 ? -Marshal.GetLastPInvokeError() : result;

    private static nint Result(nint result) => result < 0 ? -Marshal.GetLastPInvokeError() : result;

    private static bool TryStatx()
    {
        try
        {
            return Stat("/", 0, out _) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static bool TryOpenAt2()
    {
        var root = OpenIn(CurrentDirectory, "/", PathOnly | Directory | CloseOnExec);
        var opened = root < 0 ? root : OpenBeneath(root, ".", PathOnly | CloseOnExec, 0);
        if (root >= 0)
        {
            CloseNow(root);
        }

        if (opened >= 0)
        {
            CloseNow(opened);
        }

        return opened >= 0;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenAt2(nint number, int directory, string path, OpenHow* how, nuint size);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint GetEntries(nint number, int directory, byte* buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RenameAt2(nint number, nint directory, string from, nint toDirectory, string to, nint flags);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(int directory, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatxAt(int directory, string path, int flags, uint mask, out Statx result);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint PRead(int descriptor, byte* buffer, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MkDirAt(int directory, string path, uint mode);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkAt(int directory, string path, int flags);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int directory, string from, int toDirectory, string to);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
