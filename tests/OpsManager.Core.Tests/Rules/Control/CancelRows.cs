using System.Globalization;
using System.Text;
using OpsManager.Contract;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Control;

/// <summary>
/// What a manager keeps of a cancel that somebody sends, row by row. Times are seconds after <see cref="WatchedRepo.Start"/>.
/// </summary>
/// <param name="Asked">The loop that it is asked for.</param>
/// <param name="Hit">The loop that the process works on; null where no process was named.</param>
/// <param name="Events">Lines of the log of <paramref name="Asked"/> when it was planned.</param>
/// <param name="Timeout">Seconds that the command may take; null where the row does not say.</param>
internal sealed record CancelRows(
    string Asked = Loop, string? Hit = Loop, int? Pid = WatchedRepo.Pid, int Events = 3, bool WasActive = true, int? Timeout = 30,
    string By = "builder", string Key = "key-1")
{
    public WatchedRepo Started(WatchedRepo repo, double at)
    {
        var aim = $$"""{"pid":{{Number(Pid)}},"pidLoop":{{Word(Hit)}},"pidGone":false,"at":"{{Time(at)}}","events":{{Number(Events)}}""";
        var isActive = WasActive ? "true" : "false";
        return Append(repo, at, "started", $$""","timeoutSeconds":{{Number(Timeout)}},"aim":{{aim}},"isActive":{{isActive}} }""");
    }

    public WatchedRepo Executed(WatchedRepo repo, double at) => Append(repo, at, "executed", ""","exitCode":0""");

    public WatchedRepo Told(WatchedRepo repo, double at, string outcome = "observed")
    {
        const string Evidence = """{"source":"process","fact":"process 4711 has exited","path":null}""";
        return Append(repo, at, "finished", $$""","outcome":"{{outcome}}","why":"it is so","evidence":[{{Evidence}}]""");
    }

    /// <summary>One that works, from its start to its confirmation: the process exits, and the shared files are removed.</summary>
    public WatchedRepo Carry(WatchedRepo repo, double started = 10, double executed = 11, double told = 11)
    {
        Started(Until(repo, started), started);
        repo.Process(alive: false).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);
        Executed(repo, executed);
        return Told(Until(repo, told), told);
    }

    private static WatchedRepo Until(WatchedRepo repo, double at) => repo.Wait((WatchedRepo.Start.AddSeconds(at) - repo.Now).TotalSeconds);

    private WatchedRepo Append(WatchedRepo repo, double at, string phase, string rest)
    {
        var head = $$"""{"timestamp":"{{Time(at)}}","phase":"{{phase}}","loopId":"{{Asked}}" """;
        var text = $$"""{{head}},"idempotencyKey":"{{Key}}","intent":"cancel","requestedBy":"{{By}}"{{rest}} }""" + "\n";
        return repo.Append(ArtifactPaths.ControlRows(Asked), Encoding.UTF8.GetBytes(text));
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "null";

    private static string Word(string? word) => word is null ? "null" : $"\"{word}\"";
}
