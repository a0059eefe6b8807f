using System.Globalization;
using System.IO.Enumeration;
using System.Runtime.InteropServices;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Processes;

/// <summary>/proc by plain system calls: a process that has exited costs no exception, and one that is there no allocation.</summary>
internal sealed partial class LinuxProcHost : IProcHost
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int Interrupted = 4;

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false
    };

    public int Read(int pid, ProcFile file, Span<byte> buffer)
    {
        Span<byte> path = stackalloc byte[40];
        "/proc/"u8.CopyTo(path);
        pid.TryFormat(path[6..], out var digits, provider: CultureInfo.InvariantCulture);
        var name = file switch
        {
            ProcFile.Stat => "/stat\0"u8,
            ProcFile.CommandLine => "/cmdline\0"u8,
            _ => "/cgroup\0"u8,
        };
        name.CopyTo(path[(6 + digits)..]);
        return Read(path, buffer);
    }

    public int Read(string path, Span<byte> buffer)
    {
        Span<byte> bytes = stackalloc byte[1024];
        if (!System.Text.Encoding.UTF8.TryGetBytes(path, bytes[..^1], out var length))
        {
            return -ErrorNumbers.NoEntry;
        }

        bytes[length] = 0;
        return Read(bytes, buffer);
    }

    public int Exists(int pid) => kill(pid, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();

    public int List(List<int> pids, int max)
    {
        try
        {
            var found = new FileSystemEnumerable<int>("/proc",
                static (ref entry) => int.Parse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture), Everything)
            {
                ShouldIncludePredicate = static (ref entry) => entry.FileName[0] is >= '1' and <= '9'
                    && int.TryParse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            };
            foreach (var pid in found)
            {
                if (pids.Count == max)
                {
                    break;
                }

                pids.Add(pid);
            }

            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ErrorNumbers.NotPermitted;
        }
    }

    public int Identify(string path, out DirectoryIdentity identity) => StatxStats.Identify(path, out identity);

    private static int Read(ReadOnlySpan<byte> path, Span<byte> buffer)
    {
        var file = open(in MemoryMarshal.GetReference(path), ReadOnly | CloseOnExec);
        if (file < 0)
        {
            return -Marshal.GetLastPInvokeError();
        }

        try
        {
            // A file of /proc may come in pieces; an empty piece is its end.
            var filled = 0;
            while (filled < buffer.Length)
            {
                var got = (int)read(file, ref MemoryMarshal.GetReference(buffer[filled..]), buffer.Length - filled);
                if (got == 0)
                {
                    break;
                }

                if (got > 0)
                {
                    filled += got;
                }
                else if (Marshal.GetLastPInvokeError() is not Interrupted and var error)
                {
                    return -error;
                }
            }

            return filled;
        }
        finally
        {
            _ = close(file);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int open(ref readonly byte path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int file, ref byte buffer, nint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}
