using OpsManager.Tui.Content;

namespace OpsManager.Tui.Widgets;

/// <summary>Where the tabs of a pane stand in its title line: for whoever draws them, and for the mouse.</summary>
internal static class TabStrip
{
    /// <summary>Cells of all tabs, each with a cell before and behind it.</summary>
    public static int Width(PaneContent content) => content.Tabs.Sum(static tab => tab.Length + 2);

    /// <summary>The column of the first tab, behind the title.</summary>
    public static int Start(PaneContent content) => content.Title.Length + 4;

    /// <summary>Whether all tabs have room; else only the one that is shown stands there.</summary>
    /// <param name="width">Of the pane.</param>
    public static bool HasRoom(PaneContent content, int width) => Start(content) + Width(content) <= width - 2;

    /// <summary>The tab at a column; where only one is shown, the next one. Null where there is none.</summary>
    /// <param name="width">Of the pane.</param>
    public static int? At(PaneContent content, int width, int column)
    {
        var from = Start(content);
        if (column < from || content.Tabs.Count == 0)
        {
            return null;
        }

        if (!HasRoom(content, width))
        {
            return column < from + content.Tabs[content.Tab].Length + 6 ? (content.Tab + 1) % content.Tabs.Count : null;
        }

        for (var i = 0; i < content.Tabs.Count; i++)
        {
            from += content.Tabs[i].Length + 2;
            if (column < from)
            {
                return i;
            }
        }

        return null;
    }
}
