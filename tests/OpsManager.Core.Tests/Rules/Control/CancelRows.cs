using System.Globalization;
using System.Text;
using OpsManager.Contract;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Control;

/// <summary>
/// What a manager keeps of a cancel that builder sends, row by row. Times are seconds after <see cref="WatchedRepo.Start"/>.
/// </summary>
/// <param name="Asked">The loop that it is asked for.</param>
/// <param name="Hit">The loop that the process works on; null where no process was named.</param>
/// <param name="Events">Lines of the log of <paramref name="Asked"/> when it was planned.</param>
internal sealed record CancelRows(
    string Asked = Loop, string? Hit = Loop, int? Pid = WatchedRepo.Pid, int Events = 3, bool WasActive = true)
{
    public WatchedRepo Started(WatchedRepo repo, double at)
    {
        var aim = $$"""{"pid":{{Number(Pid)}},"pidLoop":{{Word(Hit)}},"pidGone":false,"at":"{{Time(at)}}","events":{{Number(Events)}}""";
        return Append(repo, at, "started", $$""","timeoutSeconds":30,"aim":{{aim}},"isActive":{{(WasActive ? "true" : "false")}} }""");
    }

    public WatchedRepo Executed(WatchedRepo repo, double at) => Append(repo, at, "executed", ""","exitCode":0""");

    public WatchedRepo Told(WatchedRepo repo, double at, string outcome = "observed")
    {
        const string Evidence = """{"source":"process","fact":"process 4711 has exited","path":null}""";
        return Append(repo, at, "finished", $$""","outcome":"{{outcome}}","why":"it is so","evidence":[{{Evidence}}]""");
    }

    private WatchedRepo Append(WatchedRepo repo, double at, string phase, string rest)
    {
        var row = $$"""{"timestamp":"{{Time(at)}}","phase":"{{phase}}","loopId":"{{Asked}}","idempotencyKey":"key-1","intent":"cancel" """;
        var text = $$"""{{row}},"requestedBy":"builder"{{rest}} }""" + "\n";
        return repo.Append(ArtifactPaths.ControlRows(Asked), Encoding.UTF8.GetBytes(text));
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "null";

    private static string Word(string? word) => word is null ? "null" : $"\"{word}\"";
}
