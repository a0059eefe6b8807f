using OpsManager.Core.Events;

namespace OpsManager.Tui.Timeline;

/// <summary>What the operator has set in the timeline, and what was found and read for it.</summary>
internal sealed record TimelineState
{
    public TimelinePosition Position { get; init; } = TimelinePosition.AtEnd;

    /// <summary>The timeline was stopped on purpose, and not by moving in it.</summary>
    public bool Paused { get; init; }

    /// <summary>Cells of the texts that are scrolled out at the left.</summary>
    public int Left { get; init; }

    /// <summary>As it was typed; empty for none.</summary>
    public string Filter { get; init; } = "";

    /// <summary>The lines between the matches are shown too.</summary>
    public bool ShowsContext { get; init; }

    public TimeFormat Times { get; init; }

    /// <summary>Which finished iterations are shown as one line.</summary>
    public FoldState Folds { get; init; } = new();

    /// <summary>The newest search; it may belong to another log or filter than is shown now.</summary>
    public LogSearch? Search { get; init; }

    /// <summary>The lines of the log that were read last; they may be others than are visible now.</summary>
    public VisibleLines? Lines { get; init; }

    /// <summary>The filter that was typed; null where there is none, or it is not one.</summary>
    public EventFilter? Terms => EventFilter.TryParse(Filter, out var filter, out _) && !filter.IsEmpty ? filter : null;

    /// <summary>What is wrong with the filter; null where nothing is.</summary>
    public string? FilterFault => EventFilter.TryParse(Filter, out _, out var fault) ? null : fault;
}
