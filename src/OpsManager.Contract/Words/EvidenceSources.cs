namespace OpsManager.Contract.Words;

/// <summary>Where a piece of evidence was read (docs/contract.md, "Assessment", <c>source</c>).</summary>
public static class EvidenceSources
{
    public const string Approval = "approval";
    public const string ActiveRun = "active_run";
    public const string Process = "process";
    public const string State = "state";
    public const string Events = "events";
    public const string Summary = "summary";
    public const string Heartbeat = "heartbeat";
    public const string Decisions = "decisions";
    public const string Intents = "intents";
    public const string Control = "control";
    public const string Rollout = "rollout";
    public const string Cursor = "cursor";
    public const string Projection = "projection";
    public const string Service = "service";
    public const string Clock = "clock";
    public const string Directory = "directory";
    /// <summary>The repository or sprite as a whole.</summary>
    public const string Source = "source";
}
