using OpsManager.Configuration.Themes;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Timeline;

/// <summary>How many events there were when, in one row over the whole log, with problems marked.</summary>
internal static class DensityStrip
{
    private const string Eighths = " ▁▂▃▄▅▆▇█";

    public static Row Compose(LoopModel loop, int width)
    {
        var density = loop.Density;
        if (density is not { Start: { } start, End: { } end })
        {
            return Row.Blank;
        }

        var labels = width >= 60;
        var (left, right) = labels ? ($" {Ages.Clock(start)} ", $" {Ages.Clock(end)}Z ") : (" ", " ");
        var bins = density.Bins(Math.Max(1, width - left.Length - right.Length));
        var most = Math.Max(1, bins.Max(static bin => bin.Count));
        List<Span> spans = [new(left, StyleRole.Muted)];
        var from = 0;
        for (var i = 1; i <= bins.Count; i++)
        {
            if (i == bins.Count || bins[i].HasProblem != bins[from].HasProblem)
            {
                spans.Add(new(
                    string.Concat(bins.Skip(from).Take(i - from).Select(bin => Level(bin.Count, most))),
                    bins[from].HasProblem ? StyleRole.Problem : StyleRole.Bar));
                from = i;
            }
        }

        spans.Add(new(right, StyleRole.Muted));
        return new Row(spans);
    }

    /// <summary>Any event at all is seen, however many there are elsewhere.</summary>
    private static char Level(int count, int most) => Eighths[count == 0 ? 0 : 1 + (int)((long)(count - 1) * 7 / Math.Max(1, most - 1))];
}
