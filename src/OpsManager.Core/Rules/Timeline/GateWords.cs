using System.Text.Json;
using OpsManager.Contract.Words;
using static OpsManager.Core.Rules.Timeline.PayloadText;

namespace OpsManager.Core.Rules.Timeline;

/// <summary>Events of the gates of an iteration in words.</summary>
internal static class GateWords
{
    public const string Ok = "ok";

    private const string Skipped = "skipped";
    private const string Failed = "failed";
    private const string AllPassed = "all gates passed";

    /// <summary>Gates in the order in which the runtime evaluates them, and what each is where it does not hold.</summary>
    private static readonly (string Gate, string Failed)[] Gates =
    [
        ("tests", "tests failed"), ("validation", "validation failed"), ("prerequisites", "prerequisites not met"),
        ("checklist", "checklist not done"), ("evidence", "evidence failed"), ("lifecycle", "lifecycle failed"),
    ];

    /// <summary>Null where the event is none of a gate.</summary>
    public static string? For(in EventFields fields) => fields.Name switch
    {
        EventNames.PromiseChecked => Promise(fields.Data),
        EventNames.GatesEvaluated => Outcome(fields.Data) switch
        {
            null => "gates evaluated",
            AllPassed => AllPassed,
            var outcome => $"gates: {outcome}",
        },
        EventNames.StuckChecked => Stuck(fields.Data),
        EventNames.TestsStart => With("tests started", Listed(fields.Data, "commands")),
        EventNames.TestsEnd => Ended("tests", "passed", Failed, fields),
        EventNames.TestsRerunStart => With("tests started again", Listed(fields.Data, "commands")),
        EventNames.TestsRerunEnd => Ended("tests run again", "passed", Failed, fields),
        EventNames.ChecklistStart => With("checklist started", Listed(fields.Data, "patterns")),
        EventNames.ChecklistEnd => Checklist(fields),
        EventNames.ValidationStart => Started("validation", fields.Data),
        EventNames.ValidationEnd => Ended("validation", "passed", Failed, fields),
        EventNames.PrerequisitesStart => Started("prerequisites", fields.Data),
        EventNames.PrerequisitesEnd => Ended("prerequisites", "met", "not met", fields),
        EventNames.EvidenceStart => Started("evidence", fields.Data),
        EventNames.EvidenceEnd => Ended("evidence", "written", Failed, fields),
        EventNames.LifecycleStart => Started("lifecycle", fields.Data),
        EventNames.LifecycleEnd => Ended("lifecycle", "passed", Failed, fields),
        _ => null,
    };

    /// <inheritdoc cref="EventWords.IsOff"/>
    public static bool IsOff(in EventFields fields) => fields.Name switch
    {
        EventNames.ValidationStart or EventNames.PrerequisitesStart or EventNames.EvidenceStart or EventNames.LifecycleStart =>
            Flag(fields.Data, "enabled") == false,
        EventNames.TestsEnd or EventNames.TestsRerunEnd or EventNames.ChecklistEnd or EventNames.ValidationEnd
            or EventNames.PrerequisitesEnd or EventNames.EvidenceEnd or EventNames.LifecycleEnd => StatusOf(fields) == Skipped,
        _ => false,
    };

    /// <summary>
    /// What did not hold, at most two things; what was decided where everything did. Null where there is no word of a gate.
    /// </summary>
    public static string? Outcome(JsonElement? data)
    {
        if (data is not { ValueKind: JsonValueKind.Object } gates)
        {
            return null;
        }

        var wrong = new List<string>();
        foreach (var (gate, failed) in Gates)
        {
            if (Value(gates, gate) is { } word && !Holds(word))
            {
                wrong.Add(failed);
            }
        }

        if (Word(gates, "approval") is { } approval && approval is DecisionWords.Pending or DecisionWords.Rejected)
        {
            wrong.Add($"approval {approval}");
        }

        if (Flag(gates, "promise") == false)
        {
            wrong.Add("no promise");
        }

        return wrong.Count > 0 ? string.Join(", ", wrong.Take(2)) + (wrong.Count > 2 ? $" and {Text(wrong.Count - 2)} more" : "")
            : Flag(gates, "completion") == true ? "complete"
            : Flag(gates, "promise") == true ? AllPassed
            : null;
    }

    private static string? Value(JsonElement gates, string gate) =>
        Word(gates, gate) ?? (Flag(gates, gate) is { } flag ? (flag ? Ok : Failed) : null);

    /// <summary>Whether a word of a gate is no obstacle: it holds, or nobody asks for it.</summary>
    private static bool Holds(string word) => word is not (Failed or EventStatuses.Error or EventStatuses.Timeout or "remaining");

    private static string Promise(JsonElement? data)
    {
        var expected = Word(data, "expected");
        return Flag(data, "matched") == true ? With("promise found", expected)
            : Word(data, "text") is { } text ? $"promise does not match: {text}, expected {expected ?? "another"}"
            : With("no promise", expected is null ? null : $"{expected} was not found");
    }

    private static string Stuck(JsonElement? data)
    {
        var (streak, threshold) = (Number(data, "streak") ?? 0, Number(data, "threshold"));
        var of = threshold is { } most ? $" of {Text(most)}" : "";
        return Flag(data, "triggered") == true ? $"stuck: no progress in {Count(streak, "iteration", "iterations")}"
            : streak == 0 ? "progress made"
            : $"no progress in {Text(streak)}{of} iterations";
    }

    private static string Started(string gate, JsonElement? data) =>
        Flag(data, "enabled") == false ? $"{gate} off" : $"{gate} started";

    private static string Ended(string gate, string passed, string failed, in EventFields fields)
    {
        var (status, details) = (StatusOf(fields), Inner(fields.Data, "details"));
        return status switch
        {
            Ok => $"{gate} {passed}",
            Skipped => $"{gate} skipped",
            Failed or EventStatuses.Error => With($"{gate} {failed}", Cause(fields.Data, details)),
            EventStatuses.Timeout => With($"{gate} timed out", Cause(fields.Data, details)),
            { } other => $"{gate} ended: {Plain(other)}",
            _ => $"{gate} ended",
        };
    }

    private static string Checklist(in EventFields fields)
    {
        var (status, details) = (StatusOf(fields), Inner(fields.Data, "details"));
        var remaining = Number(details, "remaining") ?? Number(fields.Data, "remaining");
        var total = Number(details, "total") ?? Number(fields.Data, "total");
        return (status, remaining, total) switch
        {
            (Skipped, _, _) => "checklist skipped",
            (_, { } left, > 0 and var all) when left >= 0 && left <= all => $"checklist: {Text(all - left)} of {Text(all)} done",
            (_, > 0 and var left, _) => $"checklist: {Count(left, "item", "items")} left",
            (Ok, _, _) => "checklist done",
            (Failed or "remaining", _, _) => "checklist not done",
            ({ } other, _, _) => $"checklist ended: {Plain(other)}",
            _ => "checklist ended",
        };
    }

    private static string? StatusOf(in EventFields fields) =>
        fields.Status ?? (Flag(fields.Data, Ok) is { } ok ? (ok ? Ok : Failed) : null);

    /// <summary>The command that failed, and its exit code.</summary>
    private static string? Cause(JsonElement? data, JsonElement? details)
    {
        var command = Word(details, "command") ?? Word(data, "command") ?? Listed(details, "commands") ?? Listed(data, "commands");
        var exit = (Number(details, "exit_code") ?? Number(data, "exit_code")) is { } code ? $"exit {Text(code)}" : null;
        var reason = Word(details, "error") ?? Word(details, "reason") ?? Word(data, "reason");
        return string.Join(", ", new[] { command, exit, reason }.OfType<string>()) is { Length: > 0 } cause ? cause : null;
    }

    private static string With(string words, string? rest) => rest is null ? words : $"{words}: {rest}";
}
