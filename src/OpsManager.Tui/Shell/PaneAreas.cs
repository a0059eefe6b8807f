using System.Drawing;

namespace OpsManager.Tui.Shell;

/// <summary>
/// Shares the room of the screen among the panes by what the lists need. Runs stand over the alerts at the left, the timeline over the
/// detail at the right; where runs and alerts need little of the height, the detail stands under both.
/// </summary>
internal static class PaneAreas
{
    private const int SmallestWidth = 30;
    private const int SmallestList = 3;
    private const int SmallestDetail = 6;

    /// <summary>Rows in which most of what is said of a run can be read, where the detail is as wide as the screen.</summary>
    private const int FairDetail = 14;
    private const int SmallestTimeline = 4;

    /// <summary>Rows over a list: its title, and the names of its columns or the density strip.</summary>
    private const int Heads = 2;

    /// <param name="body">What is left between header and hints, large enough for all panes.</param>
    /// <returns>The panes, and the line between the columns.</returns>
    public static (IReadOnlyDictionary<PaneId, Rectangle> Panes, Rectangle Rule) Share(Rectangle body, PaneNeeds needs, PaneSplit split)
    {
        var left = split.Runs is { } wanted
            ? Math.Clamp(wanted, SmallestWidth - 8, body.Width - SmallestWidth)
            : Math.Clamp(needs.RunsWidth, SmallestWidth, Math.Max(SmallestWidth, body.Width * 45 / 100));
        var lists = Math.Max(1, needs.RunsRows) + Heads + Math.Max(1, needs.AlertsRows) + 1;
        // The timeline keeps a fair part of the height.
        var top = Math.Max(Math.Max(lists, split.Alerts is { } given ? given + SmallestList : 0), body.Height * 45 / 100);
        var isUnder = body.Height - top >= Math.Max(SmallestDetail, split.Detail ?? 0);
        // Its text is another one for each run: what it needs does not count, or the panes would move with the cursor.
        var fair = Math.Max(FairDetail, body.Height * 35 / 100);
        var detail = split.Detail is { } rows ? Math.Clamp(rows, 2, Math.Max(2, body.Height - SmallestTimeline))
            : isUnder ? Math.Min(body.Height - top, fair)
            : Math.Max(SmallestDetail, body.Height * 45 / 100);
        var upper = body.Height - detail;
        var side = isUnder ? upper : body.Height;
        var alerts = AlertsHeight(side, needs, split);
        var right = body.Width - left - 1;
        return (
            new Dictionary<PaneId, Rectangle>
            {
                [PaneId.Runs] = new(0, body.Y, left, side - alerts),
                [PaneId.Alerts] = new(0, body.Y + side - alerts, left, alerts),
                [PaneId.Timeline] = new(left + 1, body.Y, right, upper),
                [PaneId.Detail] = isUnder ? new(0, body.Y + upper, body.Width, detail) : new(left + 1, body.Y + upper, right, detail),
            },
            new Rectangle(left, body.Y, 1, side));
    }

    /// <summary>What the alerts need; where runs and alerts need more than there is, a part of it.</summary>
    private static int AlertsHeight(int side, PaneNeeds needs, PaneSplit split)
    {
        if (split.Alerts is { } given)
        {
            return Math.Clamp(given, 2, Math.Max(2, side - SmallestList));
        }

        var fair = Math.Max(side * 30 / 100, side - Heads - Math.Max(1, needs.RunsRows));
        return Math.Clamp(Math.Max(1, needs.AlertsRows) + 1, 2, Math.Max(2, Math.Min(fair, side - SmallestList)));
    }
}
