using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using OpsManager.Core.Rules.Timeline;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Content;
using OpsManager.Tui.Describe;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Pager;
using OpsManager.Tui.Timeline;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>What is behind the row under the cursor: going to it, opening it, copying it.</summary>
internal static class Opening
{
    /// <summary>From a run to its timeline; from an event to all of it; from an alert to its evidence; from a file to its text.</summary>
    public static Step Open(AppModel model)
    {
        var ui = model.Ui;
        return ui.Focus switch
        {
            PaneId.Runs when model.CurrentSource is { } source => model.Runs.FirstOrDefault(loop => loop.Repo == source.Path) is { } first
                ? model with { Ui = PaneMoves.ShowRun(model, LoopKey.From(first)) }
                : model with { Ui = ui.GoTo(PaneId.Detail) with { Detail = ui.Detail with { Top = 0 } } },
            PaneId.Runs => model with { Ui = ui.GoTo(PaneId.Timeline) },
            PaneId.Timeline when Unfolded(model) is { } timeline => model with { Ui = ui with { Timeline = timeline } },
            PaneId.Timeline when model.Current is { } loop && Line(model) is >= 0 and var line => Paged(model, Page(loop, line)),
            PaneId.Timeline when model.Current is { } loop && Own(model) is { } own => Paged(model, Page(loop, own)),
            PaneId.Detail when ui.Detail.Tab == DetailTab.Files => model.Current is { } loop && ui.Detail.FileOf(loop) is { } file
                ? Paged(model, new PagerState(loop.Repo, file, null, file))
                : model,
            PaneId.Detail => ui.Zoomed ? model : model with { Ui = ui.Zoom() },
            PaneId.Alerts => OpenAlert(model),
            _ => model.Say("there is nothing to open here"),
        };
    }

    /// <summary>The same in the operator's own pager: the file behind it, at its line.</summary>
    public static Step InPager(AppModel model) => Behind(model) is var (repo, path, line)
        ? new Step(model, new RunPager(repo, path, line))
        : model.Say("this row has no file");

    public static Step Copy(AppModel model)
    {
        var ui = model.Ui;
        if (ui.Overlay == Overlay.Pager && ui.Pager is { } pager)
        {
            return new(model, (pager.Made ?? pager.Review?.Current.Lines) is { } lines ? new CopyText("text", string.Join('\n', lines))
                : model.Current is not { } shown ? new CopyFile(pager.Repo, pager.Path)
                : Own(shown, pager) is { } paged ? new CopyText("row", ObservedText.Line(shown, paged))
                : pager.EventRow is { } row ? new CopyEvent(LoopKey.From(shown), row) : new CopyFile(pager.Repo, pager.Path));
        }

        Effect? effect = ui.Focus switch
        {
            PaneId.Runs when MarkedRuns.Of(model) is { Count: > 0 } marked => MarkedRuns.Copy(marked),
            PaneId.Runs when Command(model) is { } command => command,
            PaneId.Detail when ui.Detail.Tab == DetailTab.Why && Command(model) is { } command => command,
            PaneId.Runs when model.Current is { } loop => new CopyText("run", $"{loop.Repo} {loop.Id}"),
            PaneId.Timeline when model.Current is { } loop && Line(model) is >= 0 and var line => new CopyEvent(LoopKey.From(loop), line),
            PaneId.Timeline when model.Current is { } loop && Own(model) is { } own => new CopyText("row", ObservedText.Line(loop, own)),
            PaneId.Detail when ui.Detail.Tab == DetailTab.Files && model.Current is { } loop && ui.Detail.FileOf(loop) is { } file =>
                new CopyFile(loop.Repo, file),
            PaneId.Detail when model.Current is not null => new CopyDetail(),
            PaneId.Alerts when model.FocusedAlert is { } alert => new CopyText("finding", Plain(alert)),
            _ => null,
        };
        return effect is null ? model.Say("there is nothing to copy here") : new Step(model, effect);
    }

    /// <summary>The command of the next step of what is chosen; null where it has none.</summary>
    public static CopyText? Command(AppModel model) => model switch
    {
        { Current: { } loop } => Command(NextSteps.Of(model, loop)),
        { CurrentSource: { } source } => Command(NextSteps.Of(model, source)),
        _ => Command(NextSteps.OfOnly(model)),
    };

    /// <summary>The command of the run that a box describes; null where its next step has none.</summary>
    public static CopyText? Command(AppModel model, DescribeState described) =>
        model.Find(described.Run) is { } loop ? Command(NextSteps.Of(model, loop)) : null;

    private static CopyText? Command(NextStep? step) => step?.Command is { } command ? new("command", command) : null;

    /// <summary>The note of the rollback of the run that is acted on.</summary>
    public static AppModel Incident(AppModel model) => model.Target is { } loop && Rearming.Note(loop) is { } path
        ? Paged(model, new PagerState(loop.Repo, path, null, path))
        : model;

    /// <summary>From an event to the log that it names; from anywhere else to the log of who works now, or worked last.</summary>
    public static Step Log(AppModel model) => model switch
    {
        { Ui.Focus: PaneId.Timeline, Current: { } loop } when Line(model) is >= 0 and var line =>
            new Step(model, new FindEventLog(LoopKey.From(loop), line)),
        { Ui.Focus: PaneId.Timeline } when Own(model) is not null => model.Say("ops-manager observed this itself: it names no log"),
        { Target: { } loop } => Paged(model, PagerUpdate.OpenLogs(LoopKey.From(loop))),
        _ => model,
    };

    /// <summary>Whether the row under the cursor names a log; it is taken to until it was read.</summary>
    public static bool NamesLog(AppModel model)
    {
        if (Line(model) is not (>= 0 and var line))
        {
            return false;
        }

        return model.Ui.Timeline.Lines?.Find(model.Current?.Log, line) is not { } read || EventLogPath.IsNamedBy(read);
    }

    /// <summary>A log that was found.</summary>
    public static AppModel Found(AppModel model, EventLogFound found) => Paged(model, PagerUpdate.OpenLog(found.Run, found.Path));

    private static AppModel Paged(AppModel model, PagerState pager) =>
        model with { Ui = model.Ui with { Overlay = Overlay.Pager, Pager = pager } };

    private static PagerState Page(LoopModel loop, ObservedRow own) =>
        new(loop.Repo, ArtifactPaths.Events(loop.Id), null, $"seen by ops-manager: {own.Kind.Word()}", Own: own.Id);

    private static PagerState Page(LoopModel loop, int line) =>
        new(loop.Repo, ArtifactPaths.Events(loop.Id), line, $"{ArtifactPaths.Events(loop.Id)}:{line + 1}");

    /// <summary>The row of ours that is open in the pager; null where it is something else, or the row is no longer kept.</summary>
    public static ObservedRow? Own(LoopModel loop, PagerState pager) =>
        pager.Own is { } id && loop.Repo == pager.Repo ? loop.Observed.Rows.FirstOrDefault(row => row.Id == id) : null;

    private static int Line(AppModel model) => model.Timeline is { } rows ? rows.LineAt(Row(model, rows)) : -1;

    /// <summary>The line under the cursor, or the one before the row of ours that is under it.</summary>
    private static int Nearest(AppModel model) => model.Timeline is { } rows ? rows.LineBefore(Row(model, rows)) : -1;

    /// <summary>The timeline with the iteration open that is folded under the cursor; null where none is.</summary>
    private static TimelineState? Unfolded(AppModel model) => model.Timeline is { } rows
        ? TimelineUpdate.Unfold(model.Ui.Timeline, rows, Row(model, rows), model.Layout.RowsOf(PaneId.Timeline))
        : null;

    private static ObservedRow? Own(AppModel model) => model.Timeline is { } rows ? rows.OursAt(Row(model, rows)) : null;

    private static int Row(AppModel model, TimelineRows rows) =>
        rows.Window(model.Ui.Timeline.Position, model.Layout.RowsOf(PaneId.Timeline)).Selected;

    /// <summary>Whether the row under the cursor has a file that can be opened.</summary>
    public static bool HasFile(AppModel model) => Behind(model) is not null;

    private static (string Repo, string Path, int? Line)? Behind(AppModel model)
    {
        var ui = model.Ui;
        if (ui.Overlay == Overlay.Pager && ui.Pager is { } pager)
        {
            if ((pager.Made ?? pager.Review?.Current.Lines) is not null)
            {
                return null;
            }

            var before = pager.Own is null ? -1 : Nearest(model);
            return (pager.Repo, pager.Path, before >= 0 ? before + 1 : pager.EventRow + 1 ?? (int?)pager.Text.First ?? 1);
        }

        if (ui.Focus == PaneId.Alerts)
        {
            return model.FocusedAlert is { } alert && Evidence(alert.Finding) is { Path: { } path } evidence
                ? (alert.Repo.Path, path, (int?)evidence.Line)
                : null;
        }

        if (model.Current is not { } loop)
        {
            return null;
        }

        return ui.Focus == PaneId.Detail && ui.Detail.Tab == DetailTab.Files
            ? ui.Detail.FileOf(loop) is { } file ? (loop.Repo, file, null) : null
            : (loop.Repo, ArtifactPaths.Events(loop.Id), Nearest(model) is >= 0 and var line ? line + 1 : null);
    }

    /// <summary>The evidence that leads farthest: with a line, else with a file.</summary>
    private static EvidenceRecord? Evidence(FindingRecord finding) =>
        finding.Evidence.FirstOrDefault(static evidence => evidence.Line is not null)
        ?? finding.Evidence.FirstOrDefault(static evidence => evidence.Path is not null);

    private static Step OpenAlert(AppModel model)
    {
        if (model.FocusedAlert is not { } alert)
        {
            return model.Say("there is no alert to open");
        }

        if (alert is not { Loop: { } loop, Finding: var finding })
        {
            var shown = PaneMoves.ShowSource(model, alert.Repo).GoTo(PaneId.Detail);
            return model with { Ui = shown with { Detail = DetailUpdate.ShowTop(shown.Detail) } };
        }

        var opened = PaneMoves.ShowRun(model, LoopKey.From(loop));
        // Other evidence has lines too, of other files.
        var log = ArtifactPaths.Events(loop.Id);
        if (finding.Evidence.FirstOrDefault(evidence => evidence.Path == log && evidence.Line is not null) is { Line: { } line }
            && loop.Log is { IsTail: false } && line <= loop.Tally.Lines)
        {
            return model with { Ui = At(model, opened, loop, (int)line - 1, null) };
        }

        if (Row(loop, finding) is { } own)
        {
            return model with { Ui = At(model, opened, loop, 0, own.Id) };
        }

        // No row to show: the reasons are in the detail.
        return model with { Ui = opened.GoTo(PaneId.Detail) with { Detail = DetailUpdate.Show(opened.Detail, DetailTab.Why) } };
    }

    private static UiState At(AppModel model, UiState ui, LoopModel loop, int line, long? own)
    {
        // The pane that it leads to may have another size than any has now.
        ui = ui.GoTo(PaneId.Timeline);
        var height = ScreenLayout.Create(ui, model.Lines).RowsOf(PaneId.Timeline);
        return ui with { Timeline = TimelineUpdate.ShowAt(ui.Timeline, loop, line, own, height) };
    }

    /// <summary>The row of ours that shows what an alert is about; null where there is none.</summary>
    private static ObservedRow? Row(LoopModel loop, FindingRecord finding) => finding.Code switch
    {
        FindingCodes.ProcessGone or FindingCodes.UnclaimedActive => loop.Observed.Newest(ObservedKind.ProcessExited),
        FindingCodes.EventsTruncated => loop.Observed.Newest(ObservedKind.LogCut),
        FindingCodes.EventsRewritten => loop.Observed.Newest(ObservedKind.LogReplaced),
        _ => null,
    };

    private static string Plain(Alert alert) => string.Join(
        '\n',
        alert.Finding.Evidence.Select(static evidence => $"  {EvidenceText.For(evidence)}")
            .Prepend($"{alert.Finding.Code} {alert.Repo.Path} {alert.Loop?.Id}".TrimEnd()));
}
