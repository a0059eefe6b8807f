using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Sprite;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>Whether a repository or sprite is being read.</summary>
public enum SourceCondition
{
    /// <summary>Nothing of it was read in this session yet.</summary>
    NotRead,

    /// <summary>The platform says that it sleeps; asking it would wake it.</summary>
    Asleep,

    /// <summary>It cannot be read; the fault says why.</summary>
    Unreachable,

    /// <summary>It is being read, or was in this session.</summary>
    Read,
}

/// <summary>
/// The state of a source: the one rule for header, run list, alerts and <c>watch</c>. Only of what was read can anything be
/// said to be well.
/// </summary>
/// <param name="Fault">Why it cannot be read; null where it can, or was not tried yet.</param>
/// <param name="Since">Since when it sleeps or cannot be read; null where that is not known.</param>
public readonly record struct SourceStanding(SourceCondition Condition, string? Fault, DateTimeOffset? Since)
{
    /// <summary>The word for people.</summary>
    public string Word => Condition switch
    {
        SourceCondition.NotRead => "not read yet",
        SourceCondition.Asleep => "asleep",
        SourceCondition.Unreachable => "unreachable",
        _ => "read",
    };

    /// <summary>The word in files and in JSON.</summary>
    public string Code => Condition switch
    {
        SourceCondition.NotRead => "not_read",
        SourceCondition.Asleep => "asleep",
        SourceCondition.Unreachable => "unreachable",
        _ => "read",
    };

    public static SourceStanding From(RepoFacts repo) => repo switch
    {
        { Failure: { } failure } => new(SourceCondition.Unreachable, failure.Fault, failure.Since),
        { Sprite.AsleepSince: { } since } => new(SourceCondition.Asleep, null, since),
        { Sprite: { ConnectionMode: ConnectionMode.LastKnown } or { ConnectionMode: ConnectionMode.Unknown, Fault: not null } } =>
            new(SourceCondition.Unreachable, repo.Sprite.Fault ?? "it cannot be reached", repo.Sprite.FaultSince),
        { Sprite.ConnectionMode: ConnectionMode.Unknown } or { Sprite: null, State.Condition: ArtifactCondition.Unseen } =>
            new(SourceCondition.NotRead, null, null),
        _ => new(SourceCondition.Read, null, null),
    };
}
