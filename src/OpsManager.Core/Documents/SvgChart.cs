using System.Globalization;

namespace OpsManager.Core.Documents;

/// <summary>Draws a chart of spans as SVG. Every bar has its words as a title, and the chart has all of them as a description.</summary>
internal static class SvgChart
{
    private const double Width = 1000;
    private const double NameWidth = 150;
    private const double LaneHeight = 22;
    private const double BarHeight = 16;
    private const double AxisHeight = 24;
    private const double MinBar = 1.5;
    private const double LetterWidth = 6.8;
    private const int MaxName = 20;
    private const int Ticks = 5;

    public static void Write(HtmlText html, TimeChart chart)
    {
        var height = (chart.Lanes.Count * LaneHeight) + AxisHeight;
        html.Open("figure").Element("figcaption", chart.Title).Line();
        html.Open(
            "svg", "viewBox", $"0 0 {HtmlText.Number(Width)} {HtmlText.Number(height)}", "role", "img", "aria-label",
            $"{chart.Title}. {chart.Words}");
        AddAxis(html, chart, chart.Lanes.Count * LaneHeight);
        for (var lane = 0; lane < chart.Lanes.Count; lane++)
        {
            AddLane(html, chart, chart.Lanes[lane], lane * LaneHeight);
        }

        html.Close().Line();
        html.Element("p", chart.Words, "class", "words").Close().Line();
    }

    private static void AddLane(HtmlText html, TimeChart chart, Lane lane, double top)
    {
        var name = lane.Name.Length > MaxName ? $"{lane.Name[..(MaxName - 1)]}…" : lane.Name;
        html.Element("text", name, "x", "0", "y", HtmlText.Number(top + 12), "class", "name");
        foreach (var bar in lane.Bars)
        {
            var (from, to) = (Place(chart, bar.Start), Place(chart, bar.End));
            var width = Math.Max(MinBar, to - from);
            html.Open("g").Element("title", bar.Text).Empty(
                "rect", "x", HtmlText.Number(from), "y", HtmlText.Number(top), "width", HtmlText.Number(width), "height",
                HtmlText.Number(BarHeight), "rx", "2", "class", $"bar {HtmlDocument.ClassOf(bar.Tone)}");
            if (bar.Text.Length * LetterWidth < width)
            {
                html.Element("text", bar.Text, "x", HtmlText.Number(from + 4), "y", HtmlText.Number(top + 12), "class", "label");
            }

            html.Close().Line();
        }
    }

    private static void AddAxis(HtmlText html, TimeChart chart, double top)
    {
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var at = chart.Start + ((chart.End - chart.Start) * tick / Ticks);
            var x = HtmlText.Number(Place(chart, at));
            html.Empty("line", "x1", x, "x2", x, "y1", "0", "y2", HtmlText.Number(top + 4), "class", "grid");
            var anchor = tick == Ticks ? "end" : tick == 0 ? "start" : "middle";
            html.Element(
                "text", at.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture), "x", x, "y", HtmlText.Number(top + 18),
                "text-anchor", anchor, "class", "axis");
        }
    }

    private static double Place(TimeChart chart, DateTimeOffset at)
    {
        var whole = Math.Max(1, (chart.End - chart.Start).TotalSeconds);
        return NameWidth + (Math.Clamp((at - chart.Start).TotalSeconds / whole, 0, 1) * (Width - NameWidth));
    }
}
