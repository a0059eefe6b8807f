using System.Collections.Immutable;
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
    /// <summary>Steps that are remembered: nobody goes deeper.</summary>
    private const int MaxTrail = 8;

    /// <summary>Of the terminal, in cells.</summary>
    public Size Size { get; init; }

    public PaneId Focus { get; init; } = PaneId.Runs;

    /// <summary>The focused pane has the whole screen.</summary>
    public bool Zoomed { get; init; }

    /// <summary>Where <c>Enter</c> and the zoom have led from, and <c>Esc</c> leads back to; the newest last.</summary>
    public ImmutableList<UiPlace> Trail { get; init; } = ImmutableList<UiPlace>.Empty;

    /// <summary>What the operator has given to panes.</summary>
    public PaneSplit Split { get; init; } = PaneSplit.Natural;

    /// <summary>What the lists need, or needed before.</summary>
    public PaneNeeds Needs { get; init; }

    /// <summary>The list that <see cref="Needs"/> are of; null to measure it again.</summary>
    public ShownList? NeedsOf { get; init; }

    /// <summary>Until then, in steady time, the operator is at work: not even the alerts get smaller.</summary>
    public DateTimeOffset QuietAt { get; init; }

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

    /// <summary>What the bottom line has said, with the time, the newest at the end.</summary>
    public ImmutableList<string> Told { get; init; } = [];

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

    /// <summary>One step in, to a pane that shows more of what is chosen.</summary>
    public UiState GoTo(PaneId pane) => pane == Focus ? this
        : this with { Focus = pane, Trail = Trail.Count < MaxTrail ? Trail.Add(new(Focus, Zoomed)) : Trail };

    /// <summary>Another pane beside this one: there is nothing to come back from.</summary>
    public UiState TurnTo(PaneId pane) => this with { Focus = pane, Trail = Trail.Clear() };

    /// <summary>The whole screen for the pane, or back from there.</summary>
    public UiState Zoom()
    {
        var here = new UiPlace(Focus, false);
        return !Zoomed ? this with { Zoomed = true, Trail = Trail.Count < MaxTrail ? Trail.Add(here) : Trail }
            : this with { Zoomed = false, Trail = Trail is [.., var last] && last == here ? Trail.RemoveAt(Trail.Count - 1) : Trail };
    }

    /// <summary>One step back; the same where there is none.</summary>
    public UiState StepBack() => Trail is [.., var last]
        ? this with { Focus = last.Pane, Zoomed = last.IsZoomed, Trail = Trail.RemoveAt(Trail.Count - 1) }
        : Zoomed ? this with { Zoomed = false }
        : this with { Focus = PaneId.Runs };

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
