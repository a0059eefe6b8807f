using OpsManager.Contract.Json;

namespace OpsManager.Contract.Manager;

/// <summary>
/// What the operator's own command gets on its stdin: one notice in one line (docs/notify.md). Longer texts are cut, so that a line
/// is always short enough for a pipe to take it whole.
/// </summary>
public sealed record NoticeRecord
{
    /// <summary>Longest sentence that is sent, in characters.</summary>
    public const int MaxTextChars = 1000;

    private const int MaxPathChars = 4096;

    private readonly string repoPath = "";
    private readonly string loopId = "";
    private readonly string? runId;
    private readonly string text = "";
    private readonly string evidence = "";
    private readonly string host = "";

    public string SchemaVersion { get; init; } = ContractVersion.V1;

    public required NoticeKind Kind { get; init; }

    /// <summary>When it was seen, by the clock of the source.</summary>
    public required DateTimeOffset At { get; init; }

    public required string RepoPath
    {
        get => repoPath;
        init => repoPath = JsonFields.Cut(value, MaxPathChars)!;
    }

    public required string LoopId
    {
        get => loopId;
        init => loopId = JsonFields.Cut(value, JsonFields.MaxWordChars)!;
    }

    /// <summary>Null where no run is named.</summary>
    public required string? RunId
    {
        get => runId;
        init => runId = JsonFields.Cut(value, JsonFields.MaxWordChars);
    }

    public required Lifecycle Lifecycle { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    public required string Text
    {
        get => text;
        init => text = JsonFields.Cut(value, MaxTextChars)!;
    }

    /// <summary>The fact behind it.</summary>
    public required string Evidence
    {
        get => evidence;
        init => evidence = JsonFields.Cut(value, MaxTextChars)!;
    }

    /// <summary>Notices that were left out since the last one that was sent, because there were too many.</summary>
    public required int Suppressed { get; init; }

    /// <summary>The name of the host that watches.</summary>
    public required string Host
    {
        get => host;
        init => host = JsonFields.Cut(value, JsonFields.MaxWordChars)!;
    }
}
