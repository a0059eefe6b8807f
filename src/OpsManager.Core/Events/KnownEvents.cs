using OpsManager.Contract.Words;

namespace OpsManager.Core.Events;

/// <summary>
/// Event names that the fold knows, with the numbers they have in every <see cref="WordTable"/>. Names outside this list are
/// kept and shown like any other; they only have no meaning of their own (docs/contract.md, "Runtime artifacts").
/// </summary>
public static class KnownEvents
{
    public const ushort Invalid = 1;
    public const ushort Blank = 2;
    public const ushort LoopStart = 3;
    public const ushort IterationStart = 4;
    public const ushort IterationEnd = 5;
    public const ushort RoleStart = 6;
    public const ushort RoleEnd = 7;
    public const ushort TestsStart = 8;
    public const ushort TestsEnd = 9;
    public const ushort ValidationStart = 10;
    public const ushort ValidationEnd = 11;
    public const ushort LoopComplete = 12;
    public const ushort LoopStop = 13;
    public const ushort RateLimitStop = 14;
    public const ushort NoProgressStop = 15;
    public const ushort ApprovalDecision = 16;
    public const ushort ApprovalRequested = 17;
    public const ushort ApprovalConsumed = 18;
    public const ushort ApprovalRejected = 19;
    public const ushort ApprovalWait = 20;
    public const ushort LifecycleStart = 21;

    internal static readonly string[] Names =
    [
        "(invalid line)", "(blank line)", EventNames.LoopStart, EventNames.IterationStart, EventNames.IterationEnd, EventNames.RoleStart,
        EventNames.RoleEnd, EventNames.TestsStart, EventNames.TestsEnd,
        EventNames.ValidationStart, EventNames.ValidationEnd, EventNames.LoopComplete, EventNames.LoopStop, EventNames.RateLimitStop,
        EventNames.NoProgressStop, EventNames.ApprovalDecision,
        EventNames.ApprovalRequested, EventNames.ApprovalConsumed, EventNames.ApprovalRejected, EventNames.ApprovalWait,
        EventNames.LifecycleStart,
    ];

    /// <summary>Ends a run: nothing of that run is written after it but bookkeeping.</summary>
    public static bool EndsRun(ushort name) => name is LoopComplete or LoopStop or RateLimitStop or NoProgressStop;

    /// <summary>An event about a decision: its request or its result.</summary>
    public static bool TellsOfDecision(ushort name) =>
        name is ApprovalRequested or ApprovalDecision or ApprovalConsumed or ApprovalRejected or LoopComplete;

    /// <summary>Shows a run at work, so that an end seen before it was another run's.</summary>
    public static bool ShowsWork(ushort name) => name is LoopStart or IterationStart or RoleStart;

    /// <summary>
    /// While one of these is the newest event, state.json must be active (docs/contract.md, "Projection": activeMismatch).
    /// </summary>
    public static bool NeedsActiveState(string? name) => name is
        EventNames.IterationStart
            or EventNames.RoleStart or EventNames.RoleEnd or EventNames.IterationEnd or EventNames.TestsStart or EventNames.TestsEnd
            or EventNames.ValidationStart or EventNames.ValidationEnd;
}
