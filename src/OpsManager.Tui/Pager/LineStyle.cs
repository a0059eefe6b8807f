using OpsManager.Configuration.Themes;
using OpsManager.Sources.Local;

namespace OpsManager.Tui.Pager;

/// <summary>A line of a text as it is shown, and the cells that it has.</summary>
internal static class LineStyle
{
    /// <summary>Cells of the line numbers and the blank behind them.</summary>
    public const int NumberWidth = 8;

    public static StyledLine For(TextLine line, PagerSyntax syntax)
    {
        IEnumerable<StyledRun> runs = syntax switch
        {
            PagerSyntax.Json => JsonColours.Runs(line.Text),
            PagerSyntax.Markdown => MarkdownColours.Runs(line.Text),
            PagerSyntax.Log => LogColours.Runs(LogColours.LastState(line.Text, line.Tail)),
            _ => [new(line.Text, StyleRole.Text)],
        };
        return new StyledLine(line.IsCut ? runs.Append(new("…", StyleRole.Muted)) : runs);
    }

    /// <summary>Cells that lines have.</summary>
    public static int Room(int width, bool hasNumbers) => Math.Max(1, width - (hasNumbers ? NumberWidth : 0));
}
