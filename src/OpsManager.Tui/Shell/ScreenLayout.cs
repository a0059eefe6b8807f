using System.Drawing;
using OpsManager.Tui.Content;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Timeline;

namespace OpsManager.Tui.Shell;

/// <summary>
/// Where everything stands and how large it is: made once for each message by <see cref="LayoutPhase"/>, before anything is drawn. A
/// pane that has no rectangle is not shown.
/// </summary>
internal sealed record ScreenLayout(
    Rectangle Header, Rectangle? Banner, Rectangle Hints, IReadOnlyDictionary<PaneId, Rectangle> Panes, Rectangle? Rule, bool TooSmall)
{
    public static readonly Size SmallestForAll = new(60, 15);
    public static readonly Size Smallest = new(30, 8);

    /// <summary>From this height on a replay has its scrub bar and caption.</summary>
    public const int SmallestForScrub = 15;

    /// <summary>Of a terminal in which nothing but a notice has room, and before its size is known.</summary>
    public static readonly ScreenLayout Nothing = new(default, null, default, new Dictionary<PaneId, Rectangle>(), null, true);

    /// <summary>The recording over its time; null where none is replayed, or there is no room.</summary>
    public Rectangle? Scrub { get; init; }

    /// <summary>What to look at in the recording; null where there is none, or there is no room.</summary>
    public Rectangle? Caption { get; init; }

    /// <summary>What is over the panes; null where nothing does.</summary>
    public BoxLayout? Box { get; init; }

    /// <summary>What the line that is being typed may mean; empty where it is only text.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Where these are; null where there are none, or no room.</summary>
    public Rectangle? ChoicesArea { get; init; }

    /// <summary>The visible part of the timeline; null where there is no run.</summary>
    public TimelineWindow? Timeline { get; init; }

    /// <summary>All rows of the detail pane: it takes them to know how many there are. Empty where the pane is not shown.</summary>
    public IReadOnlyList<Row> Detail { get; init; } = [];

    /// <summary>All rows of the box that asks, or that describes: it takes them to know how many there are. Empty for others.</summary>
    public IReadOnlyList<Row> BoxRows { get; init; } = [];

    public static ScreenLayout Create(Size size, PaneId focus, bool isZoomed, ScreenLines lines)
    {
        var (width, height) = (size.Width, size.Height);
        if (width < Smallest.Width || height < Smallest.Height)
        {
            return Nothing;
        }

        var header = new Rectangle(0, 0, width, 1);
        var top = 1;
        Rectangle? Line(int rows)
        {
            top += rows;
            return rows == 0 ? null : new Rectangle(0, top - rows, width, rows);
        }

        var hasRoom = height >= SmallestForScrub;
        var scrub = Line(lines.HasScrub && hasRoom ? 1 : 0);
        var caption = Line(hasRoom ? lines.CaptionRows : 0);
        var banner = Line(lines.HasBanner ? 1 : 0);
        var hints = new Rectangle(0, height - 1, width, 1);
        var body = new Rectangle(0, top, width, height - top - 1);
        if (isZoomed || width < SmallestForAll.Width || body.Height < SmallestForAll.Height - 2)
        {
            return new(header, banner, hints, new Dictionary<PaneId, Rectangle> { [focus] = body }, null, false)
            {
                Scrub = scrub,
                Caption = caption,
            };
        }

        // The run list takes what its columns need; the rest belongs to the timeline.
        var left = Math.Clamp(width * 36 / 100, 33, 56);
        var alerts = Math.Clamp(body.Height * 30 / 100, 5, 14);
        var detail = Math.Clamp(body.Height * 38 / 100, 7, 18);
        var right = width - left - 1;
        return new(
            header,
            banner,
            hints,
            new Dictionary<PaneId, Rectangle>
            {
                [PaneId.Runs] = new(0, body.Y, left, body.Height - alerts),
                [PaneId.Alerts] = new(0, body.Bottom - alerts, left, alerts),
                [PaneId.Timeline] = new(left + 1, body.Y, right, body.Height - detail),
                [PaneId.Detail] = new(left + 1, body.Bottom - detail, right, detail),
            },
            new Rectangle(left, body.Y, 1, body.Height),
            false)
        {
            Scrub = scrub,
            Caption = caption,
        };
    }

    /// <summary>Rows of a list that a pane has under its title and heading; 0 where it is not shown.</summary>
    public int RowsOf(PaneId pane) => Panes.TryGetValue(pane, out var area) ? Math.Max(0, area.Height - 1 - HeadingRows(pane, area)) : 0;

    /// <summary>Rows over the list of a pane: the density strip over the timeline, the columns' names over a wide run list.</summary>
    public static int HeadingRows(PaneId pane, Rectangle area) => pane switch
    {
        PaneId.Timeline => area.Height >= 8 ? 1 : 0,
        PaneId.Runs => area.Width >= 90 ? 1 : 0,
        _ => 0,
    };

    /// <summary>Cells that a pane is wide; 0 where it is not shown.</summary>
    public int WidthOf(PaneId pane) => Panes.TryGetValue(pane, out var area) ? area.Width : 0;
}
