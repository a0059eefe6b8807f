using System.Drawing;

namespace OpsManager.Tui.Shell;

/// <summary>What stands under the mouse.</summary>
internal abstract record MousePlace
{
    /// <summary>A list that opens over the typed line.</summary>
    /// <param name="Index">Of the choice; -1 on the frame.</param>
    internal sealed record OfChoice(int Index) : MousePlace;

    /// <summary>The box over the panes.</summary>
    internal sealed record OfBox : MousePlace;

    /// <summary>The bar of a recording.</summary>
    /// <param name="Column">From 0, in the bar's line.</param>
    internal sealed record OfScrub(int Column) : MousePlace;

    /// <summary>A tab of the detail.</summary>
    internal sealed record OfTab(int Index) : MousePlace;

    /// <summary>A pane.</summary>
    /// <param name="Row">Of its list, from 0, at the top of what is visible; negative on its title and heading.</param>
    internal sealed record OfPane(PaneId Pane, int Row) : MousePlace;

    /// <summary>Nothing that takes a click.</summary>
    internal sealed record Nothing : MousePlace;

    /// <summary>What stands at a cell. What lies over something else comes first.</summary>
    public static MousePlace At(AppModel model, int row, int column)
    {
        var (layout, point) = (model.Layout, new Point(column, row));
        if (layout.ChoicesArea is { } choices && choices.Contains(point))
        {
            return new OfChoice(ChoiceAt(model, choices, row));
        }

        if (model.Ui.Prompt is not null)
        {
            return new Nothing();
        }

        if (layout.Box is { } box)
        {
            return box.Area.Contains(point) ? new OfBox() : new Nothing();
        }

        if (layout.Scrub is { } scrub && scrub.Contains(point))
        {
            return new OfScrub(column - scrub.X);
        }

        foreach (var (pane, area) in layout.Panes)
        {
            if (area.Contains(point))
            {
                return row == area.Y && pane == PaneId.Detail && model.Current is not null
                    && Widgets.TabStrip.At(Detail.DetailTabs.Header(model.Ui.Detail), area.Width, column - area.X) is { } tab
                        ? new OfTab(tab)
                        : new OfPane(pane, row - area.Y - 1 - ScreenLayout.HeadingRows(pane, area));
            }
        }

        return new Nothing();
    }

    private static int ChoiceAt(AppModel model, Rectangle area, int row)
    {
        var line = row - area.Y - 1;
        var index = Palette.ChoiceWindow.Top(model.Ui.Prompt!, model.Layout.Choices.Count, area) + line;
        return line >= 0 && line < area.Height - 2 && index < model.Layout.Choices.Count ? index : -1;
    }
}
