using System.Globalization;
using System.Text;
using OpsManager.Contract.Artifacts;
using OpsManager.Sources.Files;
using OpsManager.Sources.Processes;

namespace OpsManager.Tests.Sources.Processes;

/// <summary>A made-up /proc: the host booted an hour before <see cref="WatchedRepo.Start"/>, and process 1 is its init.</summary>
internal sealed class ProcText : IProcHost
{
    public const int Pid = 4242;
    public const string Repo = "/srv/app";
    public const string Run = "bash /opt/superloop.sh run --repo /srv/app --loop a";

    private const int NoEntry = 2;
    private const int NoProcess = 3;
    private const int NotPermitted = 1;

    private static readonly DateTimeOffset Boot = WatchedRepo.Start.AddHours(-1);

    private readonly Dictionary<string, byte[]> files = [];
    private readonly Dictionary<string, int> faults = [];
    private readonly Dictionary<string, DirectoryIdentity> directories = [];
    private readonly SortedSet<int> listed = [];
    private readonly HashSet<int> hidden = [];

    public ProcText()
    {
        Put("/proc/stat",
            $"cpu  1 2 3\nintr 5\nctxt 7\nbtime {Boot.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}\nprocesses 9\n");
        Directory(Repo, 77);
        Process(-3599, group: 1, command: "/sbin/init", name: "init", pid: 1, parent: 0);
    }

    /// <summary>What was read of the processes, so that a test sees what a look costs.</summary>
    public int Reads { get; private set; }

    public int Listings { get; private set; }

    public int ListFault { get; set; }

    /// <summary>A process that started some seconds after <see cref="WatchedRepo.Start"/>.</summary>
    public ProcText Process(
        double startedAt = -10, char state = 'S', int? group = null, string name = "superloop.sh", string? command = null, int pid = Pid,
            int parent = 1, string? cwd = null)
    {
        var ticks = (long)((WatchedRepo.Start.AddSeconds(startedAt) - Boot).TotalSeconds * 100);
        var leader = group ?? pid;
        Put($"/proc/{N(pid)}/stat", string.Create(
            CultureInfo.InvariantCulture,
            $"{pid} ({name}) {state} {parent} {leader} {leader} 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 {ticks} 1000 10 "
                + $"18446744073709551615 0 0 0\n"));
        Put($"/proc/{N(pid)}/cmdline", command is "" ? "" : (command ?? Run).Replace(' ', '\0') + "\0");
        listed.Add(pid);
        Root(pid, Repo);
        if (cwd is not null)
        {
            Directory($"/proc/{N(pid)}/cwd/.", directories[cwd].Inode);
            Directory($"/proc/{N(pid)}/cwd", directories[cwd].Inode);
        }

        return this;
    }

    /// <summary>A directory by one of its paths; the same inode is the same directory.</summary>
    public ProcText Directory(string path, ulong inode)
    {
        directories[path] = new DirectoryIdentity(8, inode);
        return this;
    }

    /// <summary>A path as a process sees it.</summary>
    public ProcText Root(int pid, string path) =>
        directories.TryGetValue(path, out var found) ? Directory($"/proc/{N(pid)}/root{path}", found.Inode) : this;

    public ProcText Put(string path, string text)
    {
        files[path] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    /// <summary>Whatever is done with this path ends with this error number.</summary>
    public ProcText Fault(string path, int error)
    {
        faults[path] = error;
        return this;
    }

    public ProcText Without(string path)
    {
        files.Remove(path);
        directories.Remove(path);
        return this;
    }

    public ProcText Kill(int pid = Pid)
    {
        files.Remove($"/proc/{N(pid)}/stat");
        files.Remove($"/proc/{N(pid)}/cmdline");
        listed.Remove(pid);
        return this;
    }

    /// <summary>As with hidepid=2: the process is there and /proc does not know it.</summary>
    public ProcText Hide(int pid)
    {
        hidden.Add(pid);
        return this;
    }

    public static ActiveRun Claim(double? at = 0, int? group = Pid, int pid = Pid, string? repo = Repo) =>
        new(pid, group, "a", 1, "loop_start", at is { } seconds ? WatchedRepo.Start.AddSeconds(seconds) : null, default) { Repo = repo };

    int IProcHost.Read(int pid, ProcFile file, Span<byte> buffer)
    {
        Reads++;
        var name = file switch
        {
            ProcFile.Stat => "stat",
            ProcFile.CommandLine => "cmdline",
            _ => "cgroup",
        };
        return hidden.Contains(pid) ? -NoEntry : Read($"/proc/{N(pid)}/{name}", buffer);
    }

    int IProcHost.Read(string path, Span<byte> buffer) => Read(path, buffer);

    int IProcHost.Exists(int pid) => hidden.Contains(pid) ? NotPermitted : listed.Contains(pid) ? 0 : NoProcess;

    int IProcHost.List(List<int> pids, int max)
    {
        Listings++;
        pids.AddRange(listed.Where(pid => !hidden.Contains(pid)).Take(max));
        return ListFault;
    }

    int IProcHost.Identify(string path, out DirectoryIdentity identity)
    {
        identity = default;
        return faults.TryGetValue(path, out var error) ? error : directories.TryGetValue(path, out identity) ? 0 : NoEntry;
    }

    private int Read(string path, Span<byte> buffer)
    {
        if (faults.TryGetValue(path, out var error))
        {
            return -error;
        }

        if (!files.TryGetValue(path, out var bytes))
        {
            return -NoEntry;
        }

        var length = Math.Min(bytes.Length, buffer.Length);
        bytes.AsSpan(0, length).CopyTo(buffer);
        return length;
    }

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
