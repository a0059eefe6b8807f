using System.Drawing;
using OpsManager.Configuration.Keymaps;

namespace OpsManager.Tui.State;

/// <summary>Everything that the operator has set by hand. What follows from it is computed, never stored.</summary>
public sealed record UiState
{
    /// <summary>Of the terminal, in cells.</summary>
    public Size Size { get; init; }

    public PaneId Focus { get; init; } = PaneId.Runs;

    /// <summary>The focused pane has the whole screen.</summary>
    public bool Zoomed { get; init; }

    /// <summary>What stands over the panes.</summary>
    public Overlay Overlay { get; init; }

    /// <summary>The run the cursor is on; null until the operator moves, and then the first of the list.</summary>
    public LoopKey? Selected { get; init; }

    /// <summary>First visible row of the run list.</summary>
    public int RunsTop { get; init; }

    public RunSort Sort { get; init; }

    /// <summary>What filters the run list, as it was typed; empty for nothing.</summary>
    public string RunFilter { get; init; } = "";

    /// <summary>The order that the list keeps while the operator moves in it, so that no run moves under the cursor.</summary>
    public HeldOrder? Held { get; init; }

    public TimelinePosition Timeline { get; init; } = TimelinePosition.AtEnd;

    /// <summary>The timeline was stopped on purpose, and not by moving in it.</summary>
    public bool Paused { get; init; }

    /// <summary>Cells of the timeline's texts that are scrolled out at the left.</summary>
    public int TimelineLeft { get; init; }

    /// <summary>As it was typed; empty for none.</summary>
    public string Filter { get; init; } = "";

    /// <summary>The lines between the matches are shown too.</summary>
    public bool ShowsContext { get; init; }

    public TimeFormat Times { get; init; }

    public DetailTab Tab { get; init; }

    public int DetailTop { get; init; }

    /// <summary>Path of the file that the cursor is on; null for the first.</summary>
    public string? SelectedFile { get; init; }

    public AlertKey? SelectedAlert { get; init; }

    public int AlertsTop { get; init; }

    public int HelpTop { get; init; }

    public PagerState? Pager { get; init; }

    /// <summary>What <see cref="Overlay.Confirm"/> shows.</summary>
    public ConfirmState? Confirm { get; init; }

    public PromptState? Prompt { get; init; }

    /// <summary>Keys that were pressed and ask for something only with the next one.</summary>
    public KeySequence Pending { get; init; } = KeySequence.None;

    public Toast? Toast { get; init; }

    /// <summary>Where a key is pressed now.</summary>
    public KeyContext Context => Prompt is not null ? KeyContext.Prompt : Overlay == Overlay.Confirm ? KeyContext.Confirm : KeyContext.Screen;
}
