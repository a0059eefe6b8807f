using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Pager;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Timeline;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>All that the screen is drawn from: what is watched, what the operator has set, and where everything stands.</summary>
internal sealed record AppModel : Watched
{
    private RunLists? lists;

    public UiState Ui { get; init; } = new();

    public required Keymap Keymap { get; init; }

    public required Theme Theme { get; init; }

    /// <summary>The themes that can be chosen.</summary>
    public IReadOnlyList<string> ThemeNames { get; init; } = [];

    /// <summary>Recordings that can be opened by name.</summary>
    public IReadOnlyList<RecordingInfo> Recordings { get; init; } = [];

    /// <summary>The mouse is taken; where not, the terminal's own selection works.</summary>
    public bool HasMouse { get; init; }

    /// <summary>What the operator should know about this session, such as a fallback that is in use; null mostly.</summary>
    public string? Notice { get; init; }

    /// <summary>Where everything stands, by the newest message.</summary>
    public ScreenLayout Layout { get; init; } = ScreenLayout.Nothing;

    /// <summary>The run list and what belongs to it.</summary>
    public RunLists Lists => lists = RunLists.From(this, Ui.Runs, lists);

    /// <summary>Runs that the list shows, in its order.</summary>
    public IReadOnlyList<LoopModel> Runs => Lists.Shown;

    /// <summary>Every run in the same order, whatever the filter of the list leaves.</summary>
    public IReadOnlyList<LoopModel> AllRuns => Lists.All;

    /// <summary>
    /// The row of the list that is chosen: a run, or a source of which only itself can be shown; null where there is none.
    /// </summary>
    public LoopKey? Chosen => Lists.Chosen(Ui.Runs.Selected);

    /// <summary>The run that timeline and detail show: the selected one, or the nearest that the list shows, or its first.</summary>
    public LoopModel? Current => Chosen is { Loop.Length: > 0 } run ? Find(run) : null;

    /// <summary>The source whose own row is chosen; null where a run is, or nothing.</summary>
    public RepoModel? CurrentSource => Chosen is { Loop.Length: 0 } source ? SourceOf(source.Repo) : null;

    public RepoModel? CurrentRepo => Current is { } loop ? Fleet.Repos[loop.Repo] : CurrentSource;

    /// <summary>The run whose lifecycles the scrub bar shows: the current one, or before it began the one that will be.</summary>
    public LoopKey? Scrubbed => Current is { } loop ? LoopKey.From(loop) : Ui.Runs.Selected
        ?? (Replay is { Points: [var first, ..] } ? new LoopKey(first.Repo, first.Loop) : null);

    /// <summary>The lines between the header and the panes that have something to say.</summary>
    public ScreenLines Lines => new(
        Replay is not null,
        Replay is { } replay ? ReplayText.Caption(replay, Ui.Size.Width).Count : 0,
        RolledBack.Count > 0 || Replay is { Fault: not null } or { Note: not null });

    /// <summary>The timeline of the current run as the filter leaves it; null where there is no run.</summary>
    public TimelineRows? Timeline => Current is { } loop ? TimelineRows.From(Ui.Timeline, loop) : null;

    /// <summary>The alert under the cursor, while the alerts have the focus; null where there is none.</summary>
    public Alert? FocusedAlert => Ui.Focus == PaneId.Alerts && Ui.Alerts.RowIn(Alerts) is >= 0 and var row ? Alerts[row] : null;

    /// <summary>
    /// The run that is acted on: that of the alert under the cursor, else the one that is chosen. Null on an alert about a source: a key
    /// there must not act on a run that is chosen elsewhere.
    /// </summary>
    public LoopModel? Target => FocusedAlert is { } alert ? alert.Loop : Current;

    /// <summary>The source that is acted on: that of the alert under the cursor, else the one that is chosen, or whose run is.</summary>
    public RepoModel? TargetRepo => FocusedAlert is { } alert ? alert.Repo : CurrentRepo;

    /// <summary>Whether the run whose log is open in the pager goes on.</summary>
    public bool IsLive(PagerState pager) => pager.Logs is { Run: var run }
        && Fleet.Loop(run.Repo, run.Loop)?.Verdict.Ruling.Lifecycle is Lifecycle.Running or Lifecycle.AwaitingApproval;

    /// <summary>With a word to the operator.</summary>
    public AppModel Say(string text) => With(Toast.Note(text, Steady));

    /// <summary>The same with another word to the operator; null leaves the one that is there.</summary>
    public AppModel With(Toast? toast) => toast is null ? this : this with { Ui = Ui with { Toast = toast } };
}
