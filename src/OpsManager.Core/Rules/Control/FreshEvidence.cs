using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Events;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Rules.Control;

/// <summary>
/// A fact that is newer than the baseline of an intent and of the same run. Only <see cref="Verifier"/> makes it, and whatever says
/// that an intent took effect holds at least one.
/// </summary>
public sealed record FreshEvidence
{
    internal FreshEvidence(string source, string fact, string? path, long? line, string value, DateTimeOffset at) =>
        (Source, Fact, Path, Line, Value, At) = (source, fact, path, line, value, at);

    /// <summary>approval, decisions, events, process, active_run or state.</summary>
    public string Source { get; }

    public string Fact { get; }

    /// <summary>Relative to the repository; null for a process.</summary>
    public string? Path { get; }

    public long? Line { get; }

    /// <summary>What is there.</summary>
    public string Value { get; }

    /// <summary>When it was seen.</summary>
    public DateTimeOffset At { get; }

    /// <summary>A line of the log.</summary>
    internal static FreshEvidence Event(RepoFacts repo, LoopFacts loop, EventMoment moment) =>
        new(EvidenceSources.Events, moment.Name, ArtifactPaths.Events(loop.Id), moment.Line, moment.Status ?? moment.Name, repo.Now);

    public EvidenceRecord Record => new() { Source = Source, Fact = Fact, Path = Path, Line = Line, Value = Value, At = At };
}
