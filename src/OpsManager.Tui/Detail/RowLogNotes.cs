using OpsManager.Configuration.Themes;
using OpsManager.Core.Facts;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Detail;

/// <summary>What is wrong with a log of rows: lines that could not be read, or the whole file.</summary>
internal static class RowLogNotes
{
    public static void Add<T>(RowsBuilder rows, string file, RowLog<T> log)
        where T : class
    {
        if (log.InvalidRows > 0)
        {
            rows.Wrapped(
                [new(" ", StyleRole.Text)],
                $"{Numbers.Count(log.InvalidRows, "line", "lines")} of {file} cannot be read, the first is line {log.FirstInvalidLine}",
                StyleRole.Warning);
        }

        if (log.Fault is { } fault)
        {
            rows.Wrapped([new(" ", StyleRole.Text)], $"{file}: {fault}", StyleRole.Warning);
        }
    }
}
