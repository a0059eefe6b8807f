using System.Text.Json;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;

namespace OpsManager.Verbs;

/// <summary>What was last reconciled of a loop, as lines with a label, for people. The texts are as the files have them.</summary>
internal static class StatusText
{
    public static IEnumerable<string[]> Rows(StatusRecord status)
    {
        yield return ["Loop", $"{status.Source.LoopId} in {status.Source.RepoPath}"];
        foreach (var row in status.Assessment is { } assessment ? AssessmentText.Rows(assessment) : [])
        {
            yield return row;
        }

        var lifecycle = status.Lifecycle;
        yield return [
            "Contract status",
            AssessmentText.Status(lifecycle.State, lifecycle.Confidence, lifecycle.RunId, lifecycle.Iteration)];
        yield return ["Health", status.Health is { } health ? Health(health) : "not read yet"];
        yield return ["Events read", Cursor(status.Cursor)];
        var reconcile = status.Reconcile;
        yield return ["Last reconcile", reconcile.LastStatus is null ? "none" : Parts(
            reconcile.LastStatus, reconcile.LastFailureCode, reconcile.LastError, reconcile.LastTransport, reconcile.LastTimestamp)];
        var control = status.Control;
        yield return ["Last control", control.LastIntent is null ? "none" : Parts(
            $"{control.LastIntent} {control.LastStatus}", control.LastRequestedBy is { } by ? $"by {by}" : null, control.LastTimestamp)];
    }

    private static string Health(JsonElement health)
    {
        var reasons = health.Field("reasonCodes") is { ValueKind: JsonValueKind.Array } codes
            ? string.Join(", ", codes.EnumerateArray().Where(static code => code.ValueKind == JsonValueKind.String)
                .Select(static code => code.GetString()))
            : "";
        return $"{health.Word("status") ?? OutcomeWords.Unknown}{(reasons.Length > 0 ? $": {reasons}" : "")}";
    }

    private static string Cursor(JsonElement cursor) =>
        $"{cursor.Number("eventLineOffset") ?? 0} of {cursor.Number("eventLineCount") ?? cursor.Number("eventLineOffset") ?? 0}";

    private static string Parts(params string?[] parts) => string.Join(", ", parts.Where(static part => part is { Length: > 0 }));
}
