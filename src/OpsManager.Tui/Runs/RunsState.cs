using System.Collections.Immutable;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>What the operator has set in the run list.</summary>
internal sealed record RunsState
{
    /// <summary>The run the cursor is on; null until the operator moves, and then the first of the list.</summary>
    public LoopKey? Selected { get; init; }

    /// <summary>First visible row.</summary>
    public int Top { get; init; }

    public RunSort Sort { get; init; }

    /// <summary>What filters the list, as it was typed; empty for nothing.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Paths of repositories whose groups are folded.</summary>
    public ImmutableHashSet<string> Folded { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Runs that were marked, so that one key acts on all of them.</summary>
    public ImmutableHashSet<LoopKey> Marked { get; init; } = ImmutableHashSet<LoopKey>.Empty;

    /// <summary>The order that the list keeps while the operator moves in it, so that no run moves under the cursor.</summary>
    public HeldOrder? Held { get; init; }
}
