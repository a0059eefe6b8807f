using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Detail;

/// <summary>
/// Time, tokens and cost of the newest run by role and by iteration, from usage.jsonl (docs/contract.md, "Runtime artifacts").
/// </summary>
internal static class UsageTab
{
    public static IReadOnlyList<Row> Rows(LoopModel loop, int width)
    {
        var rows = new RowsBuilder(width);
        if (loop.Usage.Count == 0)
        {
            rows.Note("usage.jsonl has no row yet");
            RowLogNotes.Add(rows, "usage.jsonl", loop.Usage);
            return rows.Rows;
        }

        // Rows carry no run id, and iterations start over with each run: the time of its start tells which are of this run.
        var start = loop.Tally.RunStart?.At;
        var run = loop.Usage.Rows.Where(entry => start is null || entry.Timestamp >= start).ToArray();
        Table(rows, "ROLE", run.GroupBy(static entry => entry.Role ?? "(none)", StringComparer.Ordinal), "this run", run);
        rows.Add();
        Table(
            rows,
            "ITERATION",
            run
                .GroupBy(static entry => entry.Iteration?.ToString(CultureInfo.InvariantCulture) ?? "(none)", StringComparer.Ordinal)
                .Reverse(),
            null,
            run);
        rows.Add();
        Line(rows, "all runs", loop.Usage.Rows, StyleRole.Muted);
        if (loop.Usage.Count > loop.Usage.Rows.Count)
        {
            rows.Note($"of the newest {Numbers.Whole(loop.Usage.Rows.Count)} of {Numbers.Whole(loop.Usage.Count)} rows");
        }

        RowLogNotes.Add(rows, "usage.jsonl", loop.Usage);
        return rows.Rows;
    }

    private static void Table(
        RowsBuilder rows, string what, IEnumerable<IGrouping<string, UsageEntry>> groups, string? total,
        IReadOnlyCollection<UsageEntry> all)
    {
        rows.Add(new Span(Columns(rows.Width, what, "CALLS", "TIME", "IN", "OUT", "CACHED", "COST"), StyleRole.Muted));
        foreach (var group in groups)
        {
            Line(rows, group.Key, [.. group], StyleRole.Text);
        }

        if (total is not null)
        {
            Line(rows, total, all, StyleRole.Group);
        }
    }

    private static void Line(RowsBuilder rows, string name, IReadOnlyCollection<UsageEntry> entries, StyleRole role) => rows.Add(new Span(
        Columns(
            rows.Width,
            name,
            Numbers.Short(entries.Count),
            Ages.Measured(TimeSpan.FromMilliseconds(entries.Sum(static entry => entry.DurationMs ?? 0L))),
            Numbers.Short(entries.Sum(static entry => entry.InputTokens ?? 0)),
            Numbers.Short(entries.Sum(static entry => entry.OutputTokens ?? 0)),
            Numbers.Short(entries.Sum(static entry => entry.CachedInputTokens ?? 0)),
            Numbers.Dollars(entries.Sum(static entry => (double)(entry.CostUsd ?? 0)))),
        role));

    /// <summary>What does not fit is left out whole: first the calls and what was cached, then what went in.</summary>
    private static string Columns(
        int width, string name, string calls, string time, string input, string output, string cached, string cost)
    {
        var label = name.Length > 14 ? name[..14] : name;
        return width >= 63
            ? string.Create(CultureInfo.InvariantCulture, $" {label,-14}{calls,6}{time,8}{input,8}{output,8}{cached,8}{cost,10}")
            : width >= 48 ? string.Create(CultureInfo.InvariantCulture, $" {label,-14}{time,8}{input,8}{output,8}{cost,9}")
            : string.Create(CultureInfo.InvariantCulture, $" {label,-13}{time,8}{output,8}{cost,9}");
    }
}
