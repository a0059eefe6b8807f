using System.Drawing;
using OpsManager.Tui.Alerts;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Content;
using OpsManager.Tui.Describe;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Help;
using OpsManager.Tui.Pager;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Timeline;

namespace OpsManager.Tui.Shell;

/// <summary>
/// What comes after each message and before anything is drawn: finds where everything stands and how large it is, and keeps every
/// cursor visible and every scroll inside what there is. Pure.
/// </summary>
internal static class LayoutPhase
{
    public static AppModel Run(AppModel model)
    {
        model = Measured(model);
        var ui = model.Ui;
        var layout = ScreenLayout.Create(ui, model.Lines);
        layout = layout with
        {
            Timeline = model.Timeline is { } rows ? TimelineWindow.Of(rows, ui.Timeline.Position, layout.RowsOf(PaneId.Timeline)) : null,
            Detail = Detail(model, layout),
        };
        layout = Choices(Box(layout, model), model);
        return model with { Layout = layout, Ui = Fit(model, layout) };
    }

    /// <summary>
    /// With what the lists need now. A list that needs more has it at once. One that needs less keeps its width and its height as long as
    /// the screen shows the same list at the same size: a text that got shorter, or a group that was folded, moves nothing. Only the
    /// alerts give back room that they no longer need, once no key was pressed for a moment.
    /// </summary>
    private static AppModel Measured(AppModel model)
    {
        var ui = model.Ui;
        var needs = new PaneNeeds(RunsView.WidthNeeded(model.Lists), model.Lists.Rows.Count, model.Alerts.Count);
        var list = ShownList.Of(model);
        // A moment of a recording looks the same from wherever one comes to it.
        if (model.Replay is null && ui.NeedsOf == list)
        {
            var kept = needs.Max(ui.Needs);
            needs = model.Steady < ui.QuietAt ? kept : kept with { AlertsRows = needs.AlertsRows };
        }

        return model with { Ui = ui with { NeedsOf = list, Needs = needs } };
    }

    private static IReadOnlyList<Row> Detail(AppModel model, ScreenLayout layout) =>
        layout.Panes.TryGetValue(PaneId.Detail, out var detail)
        ? DetailView.Rows(model, model.Keymap, model.Ui.Detail, model.Current, model.CurrentSource, detail.Width)
        : [];

    private static UiState Fit(AppModel model, ScreenLayout layout)
    {
        var ui = model.Ui;
        ui = ui with
        {
            Runs = RunsUpdate.Fit(ui.Runs, model.Lists, layout.RowsOf(PaneId.Runs)),
            Alerts = AlertsUpdate.Fit(ui.Alerts, model.Alerts, layout.RowsOf(PaneId.Alerts)),
        };
        if (model.Current is { } loop && layout.Panes.ContainsKey(PaneId.Detail))
        {
            ui = ui with { Detail = DetailUpdate.Fit(ui.Detail, loop, layout.RowsOf(PaneId.Detail), layout.Detail.Count) };
        }

        return (layout.Box, ui) switch
        {
            ({ } box, { Overlay: Overlay.Help }) => ui with { Help = HelpUpdate.Fit(ui.Help, box.Visible, box.Count) },
            ({ } box, { Overlay: Overlay.Describe, Describe: { } describe }) =>
                ui with { Describe = DescribeUpdate.Fit(describe, box.Visible, box.Count) },
            ({ } box, { Overlay: Overlay.Confirm, Confirm: { } confirm }) =>
                ui with { Confirm = ConfirmUpdate.Fit(confirm, box.Visible, box.Count, ConfirmView.NoteRow(layout.BoxRows)) },
            _ => ui,
        };
    }

    private static ScreenLayout Box(ScreenLayout layout, AppModel model)
    {
        var ui = model.Ui;
        switch (ui)
        {
            case { Overlay: Overlay.Help }:
                var help = HelpView.Rows(model.Keymap, ui.Help, HelpPlaces.Of(model), HelpView.Width(ui.Size) - 2);
                return layout with { BoxRows = help, Box = BoxIn(HelpView.Area(ui.Size, help.Count), help.Count) };
            case { Overlay: Overlay.Pager, Pager: { } pager }:
                return layout with { Box = BoxIn(PagerView.Area(ui.Size), pager.Text.Lines.Count) };
            case { Overlay: Overlay.Describe, Describe: { } describe }:
                var description = DescribeView.Rows(model, model.Keymap, describe, DescribeView.Width(ui.Size) - 2);
                return layout with
                {
                    BoxRows = description,
                    Box = BoxIn(DescribeView.Area(ui.Size, description.Count), description.Count),
                };
            case { Overlay: Overlay.Confirm, Confirm: { } confirm }:
                var area = ConfirmView.Area(ui.Size);
                var rows = ConfirmView.Rows(model, model.Keymap, confirm, area.Width - 2);
                return layout with { BoxRows = rows, Box = BoxIn(area, rows.Count) };
            default:
                return layout;
        }
    }

    /// <summary>A box has a line over its rows and one under them.</summary>
    private static BoxLayout BoxIn(Rectangle area, int count) => new(area, Math.Max(0, area.Height - 2), count);

    private static ScreenLayout Choices(ScreenLayout layout, AppModel model)
    {
        var choices = PromptUpdater.Choices(model, model.Ui.Prompt);
        return choices.Count == 0
            ? layout
            : layout with { Choices = choices, ChoicesArea = PaletteView.Area(model.Ui.Size, choices.Count) };
    }
}
