using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Detail;

/// <summary>
/// Time, tokens and cost: of the newest run, of all runs, of the last days and of each accepted iteration; then of the newest run by role
/// and by iteration. From usage.jsonl (docs/contract.md, "Runtime artifacts"); an iteration is accepted where its run is complete.
/// </summary>
internal static class UsageTab
{
    /// <summary>Days before today that have rows.</summary>
    private const int EarlierDays = 6;

    /// <summary>Shown for a number that no row has.</summary>
    private const string NotRecorded = "-";

    /// <summary>A longer time is shown as this one.</summary>
    private const long MaxMs = 1_000_000_000_000;

    public static IReadOnlyList<Row> Rows(Watched watched, RepoModel repo, LoopModel loop, int width)
    {
        var rows = new RowsBuilder(width);
        if (loop.UsageTotals.All.Rows == 0)
        {
            rows.Note("not recorded: usage.jsonl has no rows yet");
            RowLogNotes.Add(rows, "usage.jsonl", loop.Usage);
            return rows.Rows;
        }

        // Rows carry no run id, and iterations start over with each run: the time of its start tells which are of this run.
        var start = loop.Tally.RunStart?.At;
        var run = loop.Usage.Rows.Where(entry => start is null || entry.Timestamp >= start).ToArray();
        Heading(rows, "RUNS");
        Line(rows, "this run", UsageSum.From(run), StyleRole.Group);
        Line(rows, "all runs", loop.UsageTotals.All, StyleRole.Text);
        Days(rows, loop.UsageTotals, watched.TodayIn(repo));
        Accepted(rows, loop);
        rows.Add();
        Table(rows, "ROLE", run.GroupBy(static entry => entry.Role ?? "(none)", StringComparer.Ordinal));
        rows.Add();
        Table(
            rows,
            "ITERATION",
            run
                .GroupBy(static entry => entry.Iteration?.ToString(CultureInfo.InvariantCulture) ?? "(none)", StringComparer.Ordinal)
                .Reverse());
        if (loop.UsageTotals.Skipped > 0)
        {
            rows.Note($"{Numbers.Count(loop.UsageTotals.Skipped, "older row is", "older rows are")} not counted");
        }

        RowLogNotes.Add(rows, "usage.jsonl", loop.Usage);
        return rows.Rows;
    }

    private static void Days(RowsBuilder rows, UsageTotals totals, DateOnly today)
    {
        if (totals.On(today) is { } sum)
        {
            Line(rows, "today", sum, StyleRole.Text);
        }
        else
        {
            rows.Add(new Span($" {"today",-14} not recorded", StyleRole.Muted));
        }

        for (var back = 1; back <= EarlierDays; back++)
        {
            var day = today.AddDays(-back);
            if (totals.On(day) is { } earlier)
            {
                Line(rows, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), earlier, StyleRole.Muted);
            }
        }
    }

    /// <summary>What an iteration cost that was accepted, with all that were not.</summary>
    private static void Accepted(RowsBuilder rows, LoopModel loop)
    {
        if (loop.Log is not { IsTail: false } log)
        {
            rows.Note("accepted iterations are not known: the log is not read to its start");
            return;
        }

        var accepted = log.Iterations.CompletionsWithin(loop.Tally.Lines).Count();
        if (loop.UsageTotals.All.Each(accepted) is { } each)
        {
            Line(rows, "per accepted", each, StyleRole.Group);
            rows.Note($"per accepted: all runs, divided by {Numbers.Count(accepted, "accepted iteration", "accepted iterations")}");
        }
        else
        {
            rows.Note("no iteration was accepted yet");
        }
    }

    private static void Table(RowsBuilder rows, string what, IEnumerable<IGrouping<string, UsageEntry>> groups)
    {
        Heading(rows, what);
        foreach (var group in groups)
        {
            Line(rows, group.Key, UsageSum.From(group), StyleRole.Text);
        }
    }

    private static void Heading(RowsBuilder rows, string what) =>
        rows.Add(new Span(Columns(rows.Width, what, "CALLS", "TIME", "IN", "OUT", "CACHED", "COST"), StyleRole.Muted));

    private static void Line(RowsBuilder rows, string name, UsageSum sum, StyleRole role) => rows.Add(new Span(
        Columns(
            rows.Width,
            name,
            Numbers.Short(sum.Rows),
            sum.DurationMs is { } time ? Ages.Measured(TimeSpan.FromMilliseconds(Math.Min(time, MaxMs))) : NotRecorded,
            Tokens(sum.InputTokens),
            Tokens(sum.OutputTokens),
            Tokens(sum.CachedTokens),
            sum.Cost is { } cost ? Numbers.Dollars((double)cost) : NotRecorded),
        role));

    private static string Tokens(long? count) => count is { } tokens ? Numbers.Short(tokens) : NotRecorded;

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
