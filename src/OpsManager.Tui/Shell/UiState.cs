using System.Drawing;
using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Alerts;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Describe;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Help;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Pager;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Timeline;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>
/// Everything that the operator has set by hand, by feature, and what was read for it. What follows from it is computed.
/// </summary>
internal sealed record UiState
{
    /// <summary>Of the terminal, in cells.</summary>
    public Size Size { get; init; }

    public PaneId Focus { get; init; } = PaneId.Runs;

    /// <summary>The focused pane has the whole screen.</summary>
    public bool Zoomed { get; init; }

    /// <summary>What is over the panes.</summary>
    public Overlay Overlay { get; init; }

    public RunsState Runs { get; init; } = new();

    public TimelineState Timeline { get; init; } = new();

    public DetailState Detail { get; init; } = new();

    public AlertsState Alerts { get; init; } = new();

    public HelpState Help { get; init; } = new();

    /// <summary>What <see cref="Overlay.Describe"/> shows; null where nothing is open.</summary>
    public DescribeState? Describe { get; init; }

    /// <summary>What <see cref="Overlay.Pager"/> shows; null where nothing is open.</summary>
    public PagerState? Pager { get; init; }

    /// <summary>What <see cref="Overlay.Confirm"/> shows; null where nothing is asked.</summary>
    public ConfirmState? Confirm { get; init; }

    /// <summary>The line that is being typed; null where none is.</summary>
    public PromptState? Prompt { get; init; }

    /// <summary>Keys that were pressed and ask for something only with the next one.</summary>
    public KeySequence Pending { get; init; } = KeySequence.None;

    public Toast? Toast { get; init; }

    /// <summary>The newest click; null where a next one would be a first one.</summary>
    public Click? Click { get; init; }

    /// <summary>Where a key is pressed now.</summary>
    public KeyContext Context => Prompt is not null ? KeyContext.Prompt
        : Overlay switch
        {
            Overlay.Confirm => KeyContext.Confirm,
            Overlay.Pager => KeyContext.Pager,
            _ => KeyContext.Screen,
        };

    /// <summary>Another run is another log: its timeline starts at the end, and its detail at the top.</summary>
    public UiState Select(LoopKey run) => Runs.Selected == run
        ? this
        : this with
        {
            Runs = Runs with { Selected = run },
            Timeline = TimelineUpdate.ShowEnd(Timeline),
            Detail = DetailUpdate.ShowTop(Detail),
        };
}
