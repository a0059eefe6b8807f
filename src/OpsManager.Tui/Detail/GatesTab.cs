using System.Globalization;
using System.Text.Json;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Json;
using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Detail;

/// <summary>
/// Gates as the last summed-up iteration left them, and as far as the iteration at work has come (docs/contract.md, "Runtime
/// artifacts").
/// </summary>
internal static class GatesTab
{
    private static readonly string[] Order = ["tests", "validation", "prerequisites", "checklist", "evidence", "lifecycle", "approval"];

    private const int NameWidth = 15;
    private const int WordWidth = 12;

    public static IReadOnlyList<Row> Rows(Watched watched, RepoModel repo, LoopModel loop, int width)
    {
        var rows = new RowsBuilder(width);
        var entry = loop.Summary.Value?.Last;
        var now = NowAtWork(loop);
        if (entry is null && now.Count == 0)
        {
            rows.Note(repo.IsFromLogs
                ? "not known at this moment: of run-summary.json only the last text was kept"
                : "no iteration has reached its gates yet");
            return rows.Rows;
        }

        var summed = Words(entry?.Gates);
        var at = loop.Tally.IterationStart?.Iteration;
        rows.Add(
            new(" ", StyleRole.Muted),
            new("GATE", StyleRole.Muted, NameWidth),
            new(
                entry?.Iteration is { } number ? $"ITER {number.ToString(CultureInfo.InvariantCulture)}" : "SUMMARY", StyleRole.Muted,
                WordWidth),
            new(
                now.Count == 0 ? "" : at is { } iteration ? $"NOW (ITER {iteration.ToString(CultureInfo.InvariantCulture)})" : "NOW",
                StyleRole.Muted));
        foreach (var gate in Order.Concat(summed.Keys)
            .Concat(now.Keys)
            .Distinct()
            .Where(gate => summed.ContainsKey(gate) || now.ContainsKey(gate)))
        {
            var (before, present) = (summed.GetValueOrDefault(gate, ""), now.GetValueOrDefault(gate, ""));
            rows.Add(
                new(" ", StyleRole.Text), new(gate, StyleRole.Text, NameWidth), new(before, EventStyle.OfWord(before), WordWidth),
                new(present, EventStyle.OfWord(present)));
        }

        if (entry is not null)
        {
            Outcome(rows, entry.Raw, entry.EndedAt is { } ended ? watched.NowIn(repo).Since(ended) : null);
        }

        return rows.Rows;
    }

    private static void Outcome(RowsBuilder rows, JsonElement entry, TimeSpan? ago)
    {
        var iteration = entry.Number("iteration")?.ToString(CultureInfo.InvariantCulture) ?? "?";
        rows.Heading($"summary of iteration {iteration}{(ago is { } age ? $", {Ages.Short(age)} ago" : "")}");
        rows.Field("run", entry.Text("run_id") ?? "unknown");
        if (entry.Flag("completion_ok") is { } complete)
        {
            rows.Field("completion", complete ? "ok" : "not ok", complete ? StyleRole.Ok : StyleRole.Text);
        }

        if (entry.Field("promise") is { } promise)
        {
            var matched = promise.Flag("matched") == true;
            rows.Field(
                "promise", $"{(matched ? "matched" : "not matched")}: expected \"{promise.Text("expected")}\", read "
                    + $"\"{promise.Text("text")}\"",
                matched ? StyleRole.Ok : StyleRole.Text);
        }

        if (entry.Text("tests_mode") is { } mode)
        {
            rows.Field("tests mode", mode);
        }

        if (entry.Field("stuck") is { } stuck)
        {
            rows.Field(
                "stuck",
                stuck.Number("threshold") is not > 0
                    ? "not checked"
                    : $"{stuck.Number("streak")?.ToString(CultureInfo.InvariantCulture) ?? "?"} of "
                        + $"{stuck.Number("threshold")?.ToString(CultureInfo.InvariantCulture) ?? "?"} iterations without progress");
        }
    }

    private static Dictionary<string, string> Words(JsonElement? gates) => gates is not { ValueKind: JsonValueKind.Object } known
        ? []
        : known.EnumerateObject().GroupBy(static gate => gate.Name, StringComparer.Ordinal).ToDictionary(
            static gate => gate.Key,
            static gate =>
                gate.Last().Value is var value && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : value.GetRawText(),
            StringComparer.Ordinal);

    /// <summary>Gates that have started or ended in the iteration that is open.</summary>
    private static Dictionary<string, string> NowAtWork(LoopModel loop)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        if (loop.Log is { } log && IterationSpans.From(log, loop.Tally.Lines).Iterations is [.., { IsOpen: true } open])
        {
            foreach (var span in open.Spans.Where(static span => span.Kind == WorkKind.Gate))
            {
                words[span.Name] = span.IsOpen ? "running" : span.Status ?? "ended";
            }
        }

        return words;
    }
}
