using System.Globalization;
using System.IO.Abstractions.TestingHelpers;
using OpsManager.Contract.Artifacts;
using OpsManager.Tests.Core.Fold;

namespace OpsManager.Tests.Sources;

/// <summary>A made-up /proc: the host booted an hour before <see cref="WatchedRepo.Start"/>.</summary>
internal sealed class ProcText
{
    public const int Pid = 4242;

    private static readonly DateTimeOffset Boot = WatchedRepo.Start.AddHours(-1);

    public MockFileSystem Files { get; } = new();

    public ProcText() => Files.AddFile("/proc/stat", new MockFileData($"cpu  1 2 3\nintr 5\nctxt 7\nbtime {Boot.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}\nprocesses 9\n"));

    /// <summary>A process that started some seconds after <see cref="WatchedRepo.Start"/>.</summary>
    public ProcText Process(double startedAt = -10, char state = 'S', int group = Pid, string name = "superloop.sh", string? command = null)
    {
        var ticks = (long)((WatchedRepo.Start.AddSeconds(startedAt) - Boot).TotalSeconds * 100);
        Files.AddFile($"/proc/{Pid}/stat", new MockFileData(string.Create(CultureInfo.InvariantCulture, $"{Pid} ({name}) {state} 1 {group} {group} 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 {ticks} 1000 10 18446744073709551615 0 0 0\n")));
        Files.AddFile($"/proc/{Pid}/cmdline", new MockFileData((command ?? "bash /opt/superloop.sh run").Replace(' ', '\0') + "\0"));
        return this;
    }

    public static ActiveRun Claim(double? at = 0, int? group = Pid) => new(Pid, group, "a", 1, "loop_start", at is { } seconds ? WatchedRepo.Start.AddSeconds(seconds) : null, default);
}
