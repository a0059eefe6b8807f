using System.Text.Json.Serialization;
using OpsManager.Contract.Json;
using OpsManager.Contract.Words;

namespace OpsManager.Contract.Manager;

/// <summary>The manager's own judgement of a loop (docs/contract.md, "Assessment").</summary>
public sealed record AssessmentRecord
{
    public required Lifecycle Lifecycle { get; init; }

    /// <summary>The word for people where it is not the lifecycle's own, such as <c>paused</c>; absent where it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Display { get; init; }

    /// <summary>The rule that chose the lifecycle, in words.</summary>
    public required string Reason { get; init; }

    public required Confidence Confidence { get; init; }

    /// <summary>Since when the lifecycle holds; null where the evidence does not say.</summary>
    public required DateTimeOffset? Since { get; init; }

    public required IReadOnlyList<EvidenceRecord> Evidence { get; init; }

    public required IReadOnlyList<FindingRecord> Findings { get; init; }
}

/// <summary>One fact and where it can be checked.</summary>
public sealed record EvidenceRecord
{
    /// <summary>
    /// Which source said it: events, state, active_run, process, summary, approval, heartbeat, cursor, decisions, control,
    /// intents, rollout, projection, service.
    /// </summary>
    public required string Source { get; init; }

    public required string Fact { get; init; }

    /// <summary>Relative to the repository; null for a process.</summary>
    public required string? Path { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Line { get; init; }

    /// <summary>What is there, in a word; absent where the fact says it all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Value { get; init; }

    /// <summary>When it was seen; absent where that does not matter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? At { get; init; }
}

/// <summary>Something an operator should know, whether or not it changes the lifecycle.</summary>
public sealed record FindingRecord
{
    public required string Code { get; init; }

    public required Severity Severity { get; init; }

    public required DateTimeOffset? Since { get; init; }

    public required IReadOnlyList<EvidenceRecord> Evidence { get; init; }

    /// <summary>
    /// What it follows from: the code of another finding, or a word of docs/contract.md, "What explains a finding". Absent where
    /// nothing explains it; only then is it an alert.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExplainedBy { get; init; }
}

/// <summary>How much a finding matters.</summary>
[JsonConverter(typeof(WordConverter<Severity>))]
public enum Severity
{
    [JsonStringEnumMemberName(SeverityWords.Info)] Info,
    [JsonStringEnumMemberName(SeverityWords.Warning)] Warning,
    [JsonStringEnumMemberName(SeverityWords.Error)] Error,
}
