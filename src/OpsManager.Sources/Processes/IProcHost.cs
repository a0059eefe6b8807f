using OpsManager.Sources.Files;

namespace OpsManager.Sources.Processes;

/// <summary>The files of /proc/PID that are read.</summary>
internal enum ProcFile
{
    Stat,
    CommandLine,
    ControlGroups,
}

/// <summary>What the kernel says of its processes. Faults are the kernel's error numbers, because which one it is decides.</summary>
internal interface IProcHost
{
    /// <summary>Reads the beginning of a file of a process; the number of bytes, or a negative error number.</summary>
    int Read(int pid, ProcFile file, Span<byte> buffer);

    /// <summary>
    /// Reads the beginning of another file of /proc or of the control groups; the number of bytes, or a negative error number.
    /// </summary>
    int Read(string path, Span<byte> buffer);

    /// <summary>
    /// Asks the kernel for a process without touching it (<c>kill(pid, 0)</c>); 0 where it exists, else an error number.
    /// </summary>
    int Exists(int pid);

    /// <summary>The processes that /proc lists, at most <paramref name="max"/>; 0, or an error number.</summary>
    int List(List<int> pids, int max);

    /// <summary>Which directory a path leads to, links followed; 0, or an error number.</summary>
    int Identify(string path, out DirectoryIdentity identity);
}
