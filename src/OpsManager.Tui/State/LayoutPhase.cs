using OpsManager.Tui.Panes;

namespace OpsManager.Tui.State;

/// <summary>
/// What comes after each message and before anything is drawn: finds where everything stands and how large it is, and keeps every
/// cursor visible and every scroll inside what there is. Pure.
/// </summary>
public static class LayoutPhase
{
    public static AppModel Run(AppModel model)
    {
        var ui = model.Ui;
        var layout = ScreenLayout.Of(ui.Size, ui.Focus, ui.Zoomed, model.RolledBack.Count > 0);
        layout = layout with
        {
            Timeline = model.Timeline is { } rows ? TimelineWindow.Of(rows, ui.Timeline, layout.RowsOf(PaneId.Timeline)) : null,
            Detail = layout.Panes.TryGetValue(PaneId.Detail, out var detail) ? DetailPane.Rows(model, detail.Width) : [],
        };
        layout = Choices(Box(layout, model), model);
        return model with
        {
            Layout = layout,
            Ui = ui with
            {
                RunsTop = ListWindow.Follow(ui.RunsTop, Cursor.RunRow(model), layout.RowsOf(PaneId.Runs), model.RunRows.Count),
                AlertsTop = ListWindow.Follow(ui.AlertsTop, Cursor.Alert(model), layout.RowsOf(PaneId.Alerts), model.Alerts.Count),
                DetailTop = DetailTop(model, layout),
                HelpTop = ui.Overlay == Overlay.Help && layout.Box is { } help ? help.Clamp(ui.HelpTop) : ui.HelpTop,
                Confirm = ui.Confirm is { } confirm && layout.Box is { } box ? confirm with { Top = box.Clamp(confirm.Top) } : ui.Confirm,
                Pager = ui.Overlay == Overlay.Pager && ui.Pager is { } pager && layout.Box is { } text ? pager with { Top = text.Clamp(pager.Top) } : ui.Pager,
            },
        };
    }

    /// <summary>The first visible row, so that the cursor is visible and no row is wasted.</summary>
    private static int DetailTop(AppModel model, ScreenLayout layout)
    {
        if (model.Current is null || !layout.Panes.ContainsKey(PaneId.Detail))
        {
            return model.Ui.DetailTop;
        }

        var (height, count) = (layout.RowsOf(PaneId.Detail), layout.Detail.Count);
        var top = Math.Clamp(model.Ui.DetailTop, 0, Math.Max(0, count - height));
        return model.Ui.Tab == DetailTab.Files ? ListWindow.Follow(top, Cursor.File(model), height, count) : top;
    }

    private static ScreenLayout Box(ScreenLayout layout, AppModel model)
    {
        var ui = model.Ui;
        switch (ui.Overlay)
        {
            case Overlay.Help:
                var help = HelpBox.Area(ui.Size);
                return layout with { Box = new(help, help.Height - 2, HelpBox.RowCount) };
            case Overlay.Pager when ui.Pager is { } pager:
                var text = PagerBox.Area(ui.Size);
                return layout with { Box = new(text, Math.Max(0, text.Height - 2), pager.Text.Count) };
            case Overlay.Confirm when ui.Confirm is { } confirm:
                var area = ConfirmBox.Area(ui.Size);
                var rows = ConfirmBox.Rows(model, confirm, area.Width - 2);
                return layout with { Question = rows, Box = new(area, Math.Max(0, area.Height - 2), rows.Count) };
            default:
                return layout;
        }
    }

    private static ScreenLayout Choices(ScreenLayout layout, AppModel model)
    {
        var choices = PromptUpdater.Choices(model, model.Ui.Prompt);
        return choices.Count == 0 ? layout : layout with { Choices = choices, ChoicesArea = PaletteBox.Area(model.Ui.Size, choices.Count) };
    }
}
