using OpsManager.Core.Facts;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Control;
using OpsManager.Core.Rules.Health;
using OpsManager.Core.Rules.Projection;
using OpsManager.Core.Rules.Rollout;
using OpsManager.Core.Rules.Timeline;

namespace OpsManager.Core.Model;

/// <summary>Everything that is known of one loop, and what follows from it: the facts, and beside them what each rule has found.</summary>
public sealed record LoopModel(string Repo, string Id) : LoopFacts(Repo, Id)
{
    /// <summary>The v1 projection.</summary>
    public Projected Projected { get; init; } = Projected.Nothing;

    /// <summary>Every intent that was sent, with its state.</summary>
    public ControlCases Cases { get; init; } = ControlCases.None;

    /// <summary>Rows of intents.jsonl that claim a success which the artifacts do not show.</summary>
    public SelfAudit Audit { get; init; } = SelfAudit.None;

    /// <summary>
    /// The reason to roll the loop back; null where there is none. It holds at once, before it is in rollout.json.
    /// </summary>
    public Trigger? Trigger { get; init; }

    public Verdict Verdict { get; init; } = Verdict.Nothing;

    /// <summary>The manager's own rows of the timeline: what was seen here and no line of the log shows.</summary>
    public ObservedRows Observed { get; init; } = ObservedRows.None;

    /// <summary>As health.json keeps it, and as escalations go by it.</summary>
    public HealthVerdict Health { get; init; } = HealthVerdict.Healthy;

    /// <summary>The same for people: without what is explained (docs/contract.md, "What explains a finding").</summary>
    public HealthVerdict ShownHealth { get; init; } = HealthVerdict.Healthy;
}
