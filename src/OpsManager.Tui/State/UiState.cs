using System.Drawing;

namespace OpsManager.Tui.State;

/// <summary>Everything that the operator has set by hand. What follows from it is computed, never stored.</summary>
public sealed record UiState
{
    /// <summary>Of the terminal, in cells.</summary>
    public Size Size { get; init; }

    public PaneId Focus { get; init; } = PaneId.Runs;

    /// <summary>The focused pane has the whole screen.</summary>
    public bool Zoomed { get; init; }

    /// <summary>The run the cursor is on; null until the operator moves, and then the first of the list.</summary>
    public LoopKey? Selected { get; init; }

    /// <summary>First visible row of the run list.</summary>
    public int RunsTop { get; init; }

    public TimelinePosition Timeline { get; init; } = TimelinePosition.AtEnd;

    public int DetailTop { get; init; }

    public AlertKey? SelectedAlert { get; init; }

    public int AlertsTop { get; init; }

    public bool HelpOpen { get; init; }

    public int HelpTop { get; init; }
}
