using OpsManager.Contract;
using OpsManager.Contract.Manager;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>The assessment of one loop as the fold keeps it: the headline, the rule behind it and the findings.</summary>
public sealed record Verdict
{
    public static readonly Verdict Nothing = new()
    {
        Ruling = new Ruling(Lifecycle.Unknown, "nothing was read yet", Confidence.Low, null)
    };

    public required Ruling Ruling { get; init; }

    public IReadOnlyList<FindingRecord> Findings { get; init; } = [];

    /// <summary>The findings that nothing explains, most severe first: what an operator is shown as alerts.</summary>
    public IEnumerable<FindingRecord> Alerts => Findings.Where(static finding => finding.ExplainedBy is null);

    public Lifecycle Lifecycle => Ruling.Lifecycle;

    /// <summary>The run the verdict is about, so that an earlier verdict is not carried over to another run.</summary>
    public string? RunId { get; init; }

    public bool Has(string finding) => Findings.Any(found => found.Code == finding);

    public bool HasAlert(string finding) => Findings.Any(found => found.ExplainedBy is null && found.Code == finding);

    /// <summary>Whether an operator would see no difference.</summary>
    public bool SaysTheSameAs(Verdict other) =>
        Ruling == other.Ruling && RunId == other.RunId && Findings.Count == other.Findings.Count
        && Findings
            .Zip(other.Findings)
            .All(static pair => pair.First.Code == pair.Second.Code && pair.First.Severity == pair.Second.Severity
            && pair.First.ExplainedBy == pair.Second.ExplainedBy && pair.First.Since == pair.Second.Since
            && pair.First.Evidence.SequenceEqual(pair.Second.Evidence));
}

/// <summary>A lifecycle with the rule that chose it, in words an operator can check.</summary>
/// <param name="Since">Since when it holds, if the evidence says so.</param>
public sealed record Ruling(Lifecycle Lifecycle, string Reason, Confidence Confidence, DateTimeOffset? Since)
{
    /// <summary>The run's process is stopped or frozen: the lifecycle stays running, and people are shown <c>paused</c>.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The word for people where it is not the lifecycle's; null where it is.</summary>
    public string? Display => IsPaused ? "paused" : null;
}
