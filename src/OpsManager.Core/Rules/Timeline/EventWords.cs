using System.Text.Json;
using OpsManager.Contract.Words;
using static OpsManager.Core.Rules.Timeline.PayloadText;

namespace OpsManager.Core.Rules.Timeline;

/// <summary>
/// What an event says, in words: one table from names and fields to a text that needs no payload beside it (docs/screen.md, "Words of
/// events"). The subject of what a role does is its role, which stands beside the text. An event of another name shows its name and its
/// short fields.
/// </summary>
public static class EventWords
{
    /// <summary>Longest text, in characters.</summary>
    public const int MaxChars = 1000;

    public static string For(in EventFields fields)
    {
        var words = Known(fields);
        return Cut(words is null ? Unknown(fields) : WithMessage(words, fields.Message), MaxChars);
    }

    /// <summary>What was of an iteration that has ended, by the data of its end; null where that does not say.</summary>
    public static string? Outcome(JsonElement? data) => GateWords.Outcome(data);

    /// <summary>Whether the event is of a gate that is off: nothing was checked, and nobody needs to read it.</summary>
    public static bool IsOff(in EventFields fields) => GateWords.IsOff(fields);

    private static string? Known(in EventFields fields) => fields.Name switch
    {
        EventNames.LoopStart => LoopStart(fields.Data),
        EventNames.IterationStart => $"{Iteration(fields)} started",
        EventNames.IterationEnd =>
            Outcome(fields.Data) is { } outcome ? $"{Iteration(fields)} ended: {outcome}" : $"{Iteration(fields)} ended",
        EventNames.RoleStart => "started",
        EventNames.RoleEnd => fields.Status is { } status && status != GateWords.Ok ? $"ended: {Plain(status)}" : "ended",
        EventNames.RoleTimeout =>
            Number(fields.Data, "timeout_seconds") is { } seconds ? $"timed out after {Duration(seconds)}" : "timed out",
        EventNames.LoopComplete => Flag(fields.Data, "approval") == true ? "loop complete, as approved" : "loop complete",
        EventNames.LoopStop => Stopped(fields),
        EventNames.NoProgressStop => NoProgress(fields.Data),
        EventNames.RateLimitStop => RateLimit(fields.Data),
        EventNames.UsageLimitBlocked => $"blocked: usage limit reached{Reset(fields.Data)}",
        EventNames.ApprovalRequested => "approval requested",
        EventNames.ApprovalWait => "waiting for approval",
        EventNames.ApprovalDecision => $"{Plain(fields.Status ?? "decided")}{By(fields.Data)}",
        EventNames.ApprovalConsumed => $"approval consumed{By(fields.Data)}",
        EventNames.ApprovalRejected => $"rejection consumed{By(fields.Data)}",
        EventNames.PreCommitExecuted => WithFields("pre-commit ran", fields),
        _ => GateWords.For(fields) ?? DelegationWords.For(fields) ?? Family(fields),
    };

    private static string Iteration(in EventFields fields)
    {
        var max = fields.MaxIterations is { } most && most >= fields.Iteration ? $" of {Text(most)}" : "";
        return fields.Iteration is { } iteration ? $"iteration {Text(iteration)}{max}" : "iteration";
    }

    private static string LoopStart(JsonElement? data)
    {
        var limit = Number(data, "max_iterations") is > 0 and var most ? $": {Count(most, "iteration", "iterations")} at most" : "";
        return Word(data, "spec_file") is { } spec ? $"loop started{limit}, spec {FileName(spec)}" : $"loop started{limit}";
    }

    private static string Stopped(in EventFields fields) => (Word(fields.Data, "reason"), Number(fields.Data, "max_iterations")) switch
    {
        ("max_iterations", { } most) => $"loop stopped: the limit of {Count(most, "iteration", "iterations")} was reached",
        ({ } reason, _) => $"loop stopped: {Plain(reason)}",
        _ => fields.Status is { } status ? $"loop stopped: {Plain(status)}" : "loop stopped",
    };

    private static string NoProgress(JsonElement? data)
    {
        var times = Number(data, "streak") is { } streak ? $" in {Count(streak, "iteration", "iterations")}" : "";
        return Word(data, "reason") is { } reason ? $"stopped: no progress{times} ({Plain(reason)})" : $"stopped: no progress{times}";
    }

    private static string RateLimit(JsonElement? data) => $"stopped: rate limit reached{Reset(Inner(data, "info") ?? data)}";

    private static string Reset(JsonElement? info) =>
        Number(info, "resets_in") is >= 0 and var seconds ? $", resets in {Duration(seconds)}" : "";

    /// <summary>Who decided, and what they wrote.</summary>
    private static string By(JsonElement? data)
    {
        var by = Word(data, "by") is { } name ? $" by {name}" : "";
        return data is { } known && Note(known) is { Length: > 0 } note ? $"{by}: {Cut(note, MaxNote)}" : by;
    }

    private static string? Note(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("note", out var note) && note.ValueKind == JsonValueKind.String
            ? note.GetString()
            : null;

    /// <summary>Names that come in families, of which not every one was seen.</summary>
    private static string? Family(in EventFields fields)
    {
        ReadOnlySpan<string> families = ["auto_commit_", "recovery_", "rlms_", "delegation_"];
        foreach (var family in families)
        {
            if (fields.Name.StartsWith(family, StringComparison.Ordinal))
            {
                return WithFields(Plain(fields.Name), fields);
            }
        }

        return null;
    }

    private static string Unknown(in EventFields fields)
    {
        var name = Cut(fields.Name, MaxPiece);
        var head = fields.Status is { Length: > 0 } status ? $"{name}: {Cut(status, MaxPiece)}" : name;
        return fields.Message is { Length: > 0 } message
            ? $"{head}  {Cut(message, MaxChars)}"
            : WithFields(head, fields with { Status = null });
    }

    private static string WithFields(string head, in EventFields fields)
    {
        head = fields.Status is { Length: > 0 } status ? $"{head}: {Plain(status)}" : head;
        return PayloadText.Fields(fields.Data, "role", "status") is { Length: > 0 } payload ? $"{head}  {payload}" : head;
    }

    private static string WithMessage(string words, string? message) =>
        message is { Length: > 0 } ? $"{words}: {Cut(message, MaxNote)}" : words;
}
