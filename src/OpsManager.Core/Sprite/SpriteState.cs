using OpsManager.Contract.Words;

namespace OpsManager.Core.Sprite;

/// <summary>How a sprite is reached, and how well (docs/service.md). It says nothing of the sprite's runs.</summary>
public sealed record SpriteState
{
    public required string Name { get; init; }

    public ConnectionMode ConnectionMode { get; init; } = ConnectionMode.Unknown;

    /// <summary>What it is read by as long as that works, in a word: service or nats.</summary>
    public string FirstWay { get; init; } = WayNames.Service;

    /// <summary>What it is read by now, in a word: service, path or command; null where by nothing.</summary>
    public string? By { get; init; }

    /// <summary>Where the repository is on the sprite; null before anything was heard.</summary>
    public string? RepoPath { get; init; }

    /// <summary>Why the service cannot be used; null where it can.</summary>
    public string? Fault { get; init; }

    public DateTimeOffset? FaultSince { get; init; }

    /// <summary>A loop that cannot be read on the sprite, and why; null where there is none. The transport works.</summary>
    public string? LoopFault { get; init; }

    /// <summary>One of <see cref="OpsManager.Contract.FailureCodes"/>, for health; null where reading succeeds.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Readings that failed in a row.</summary>
    public int FailureStreak { get; init; }

    /// <summary>When reading is tried again by itself; null while it succeeds, and where nobody tries.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>When it was last read well, in this session or an earlier one.</summary>
    public DateTimeOffset? GoodAt { get; init; }

    public BudgetReading Budget { get; init; } = BudgetReading.None;

    public PowerState PowerState { get; init; }

    /// <summary>Since when the platform calls it asleep; null where it does not.</summary>
    public DateTimeOffset? AsleepSince { get; init; }

    /// <summary>It is not polled, because no run is active there; the operator may still ask.</summary>
    public bool IsLeftAlone { get; init; }

    /// <summary>For how long our requests have kept it awake, at most.</summary>
    public TimeSpan KeptAwake { get; init; }

    /// <summary>How far a long log was read by now, in words; null while none is being read.</summary>
    public string? Progress { get; init; }

    /// <summary>Decisions on the sprite can be seen: the service hands out their record.</summary>
    public bool SeesDecisions { get; init; }

    /// <summary>Nothing is heard of it: it sleeps, or cannot be reached. What is shown is how it was when it was last read.</summary>
    public bool IsSilent => ConnectionMode == ConnectionMode.LastKnown || AsleepSince is not null;

    /// <summary>What is shown may be older than it looks: nothing is being read.</summary>
    public bool IsDated => IsSilent || IsLeftAlone;
}
