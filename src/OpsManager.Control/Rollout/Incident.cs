using OpsManager.Core.Model;
using OpsManager.Core.Rules.Rollout;

namespace OpsManager.Control.Rollout;

/// <summary>A rollback, with all that was known of the loop at that time.</summary>
internal sealed record Incident
{
    /// <summary><c>YYYYMMDDTHHMMSSZ-CAUSE</c>, with a number behind it where there is one of that name.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who ran the manager that noticed it.</summary>
    public required string By { get; init; }

    public required string TraceId { get; init; }

    public required Trigger Trigger { get; init; }

    /// <summary>The loop when nothing was wrong with it last; null where this manager never saw it so.</summary>
    public required (RepoModel Repo, LoopModel Loop)? Before { get; init; }

    /// <summary>The repository when it was noticed.</summary>
    public required RepoModel Repo { get; init; }

    /// <summary>The loop when it was noticed.</summary>
    public required LoopModel Loop { get; init; }

    /// <summary>What rollout.json says of the last good cursor, where the note is written later.</summary>
    public long? KnownCursor { get; init; }

    /// <summary>The newest line of the log that was read while nothing was wrong; null where none is known.</summary>
    public long? LastGoodCursor =>
        KnownCursor ?? (Before is { } good ? good.Loop.Tally.Lines : Loop.KeptOffset > 0 ? Loop.KeptOffset : null);
}
