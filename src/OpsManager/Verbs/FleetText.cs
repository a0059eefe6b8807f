using System.Globalization;
using OpsManager.Cli;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;

namespace OpsManager.Verbs;

/// <summary>A fleet as a table: a row for each loop, for each source without one, and what all of them come to.</summary>
internal static class FleetText
{
    private const string None = "-";

    public static IEnumerable<string> Lines(FleetStatus fleet)
    {
        string[] head = ["SOURCE", "LOOP", "STATE", "SINCE", "HEALTH", "ALERTS", "WHY"];
        var rows = fleet.Sources.SelectMany(source =>
        {
            string[][] loops = [.. fleet.Loops.Where(loop => loop.Source == source.Name).Select(Loop)];
            return loops.Length > 0 && source.Condition == "read" ? loops : [Source(source), .. loops];
        });
        var cleaned = rows.Select(static row => row.Select(static cell => SafeText.Clean(cell)).ToArray());
        foreach (var line in TextTable.Lines([head, .. cleaned]))
        {
            yield return line.TrimEnd();
        }

        yield return "";
        yield return Total(fleet);
    }

    private static string[] Source(FleetSource source) =>
    [
        source.Name, None, source.Condition == "read" ? "no loops" : source.Condition.Replace('_', ' '), At(source.Since), None, None,
        source.Fault ?? "",
    ];

    private static string[] Loop(FleetLoop loop) =>
    [
        loop.Source, loop.LoopId, loop.Display ?? AssessmentText.Word(loop.Lifecycle), At(loop.Since), Word(loop.Health),
        loop.Alerts.Count == 0 ? None : string.Join(',', loop.Alerts.Select(static alert => alert.Code)), loop.Reason,
    ];

    /// <summary>"Needs a person: 3 sources, 5 loops · 1 failed · 1 waiting · 2 alerts · degraded".</summary>
    private static string Total(FleetStatus fleet)
    {
        var counts = fleet.Counts;
        (int Count, string Word)[] all =
        [
            (counts.Unreachable, "unreachable"), (counts.NotRead, "not read"), (counts.Asleep, "asleep"), (counts.Failed, "failed"),
            (counts.Waiting, "waiting"), (counts.Paused, "paused"), (counts.Unknown, OutcomeWords.Unknown),
            (counts.Running, "running"),
        ];
        var alerts = counts.ErrorAlerts + counts.WarningAlerts;
        string[] parts =
        [
            $"{Count(counts.Sources, "1 source", "sources")}, {(counts.Loops == 1 ? "1 loop" : $"{Text(counts.Loops)} loops")}",
            .. all.Where(static part => part.Count > 0).Select(static part => $"{Text(part.Count)} {part.Word}"),
            .. alerts > 0 ? [Count(alerts, "1 alert", "alerts")] : Array.Empty<string>(),
            Word(fleet.Health),
        ];
        return $"{Result(fleet.Result)}: {string.Join(" · ", parts)}";
    }

    private static string Result(FleetResult result) => result switch
    {
        FleetResult.Unreadable => "Not everything could be read",
        FleetResult.Attention => "Something needs a person",
        _ => "All is well",
    };

    private static string At(DateTimeOffset? at) => at is { } since ? UtcSecondsConverter.Text(since) : None;

    private static string Word(HealthStatus health) => health switch
    {
        HealthStatus.Critical => HealthWords.Critical,
        HealthStatus.Degraded => HealthWords.Degraded,
        _ => HealthWords.Healthy,
    };

    private static string Count(int count, string one, string many) => count == 1 ? one : $"{Text(count)} {many}";

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
