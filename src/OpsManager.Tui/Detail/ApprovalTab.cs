using System.Globalization;
using System.Text.Json;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Json;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Detail;

/// <summary>What waits for an approval, on what ground, and who decided before (docs/contract.md, "Runtime artifacts").</summary>
internal static class ApprovalTab
{
    public static IReadOnlyList<Row> Rows(Watched watched, RepoModel repo, LoopModel loop, int width)
    {
        var rows = new RowsBuilder(width);
        var now = watched.NowIn(repo);
        if (loop.Approval.Value is { } approval && !loop.Approval.IsMissing)
        {
            var age = approval.RequestedAt is { } at ? $", asked {Ages.Long(now.Since(at, loop.Approval.ReadAt))} ago" : "";
            rows.Field("approval", $"{approval.Status}{age}", EventStyle.OfWord(approval.Status));
            rows.Field(
                "run", $"{approval.RunId ?? "unknown"}, iteration {approval.Iteration?.ToString(CultureInfo.InvariantCulture) ?? "?"}");
            if (approval.IsDecided)
            {
                var when = approval.DecidedAt is { } decided ? $", {Ages.Long(now.Since(decided, loop.Approval.ReadAt))} ago" : "";
                rows.Field(
                    "decided by",
                    $"{approval.DecidedBy ?? "unknown"}{when}{(approval.DecidedNote is { Length: > 0 } note ? $": {note}" : "")}");
                rows.Note("recorded, not yet consumed: the next run of the loop acts on it");
            }

            Candidate(rows, approval.Raw);
        }
        else
        {
            rows.Note(loop.Approval.Fault is { } fault ? $"approval.json: {fault}" : "no run is waiting for an approval");
        }

        History(rows, loop, now);
        return rows.Rows;
    }

    /// <summary>What the runtime found before it asked.</summary>
    public static void Candidate(RowsBuilder rows, JsonElement approval)
    {
        if (approval.Field("candidate") is { } candidate)
        {
            if (candidate.Field("promise") is { } promise)
            {
                rows.Field("promise", promise.ValueKind == JsonValueKind.Object
                    ? $"{(promise.Flag("matched") == true ? "matched" : "not matched")}: \"{promise.Text("text")}\""
                    : promise.ToString());
            }

            if (candidate.Field("gates") is { ValueKind: JsonValueKind.Object } gates)
            {
                rows.Field("gates", string.Join("  ", gates.EnumerateObject().Select(static gate => $"{gate.Name} {gate.Value}")));
            }
        }

        if (approval.Field("files") is { ValueKind: JsonValueKind.Object } files)
        {
            foreach (var file in files.EnumerateObject().Where(static file => file.Value.ValueKind == JsonValueKind.String))
            {
                rows.Field(file.Name, file.Value.GetString() ?? "", StyleRole.Muted);
            }
        }
    }

    /// <summary>Who decided before.</summary>
    public static void History(RowsBuilder rows, LoopModel loop, AgeClock now)
    {
        rows.Heading($"earlier decisions ({Numbers.Whole(loop.Decisions.Count)})");
        foreach (var decision in loop.Decisions.Rows.Reverse())
        {
            rows.Wrapped(
                [
                    new($" {Ages.Short(decision.Timestamp, now),5}  ", StyleRole.Muted),
                    new(decision.Word, EventStyle.OfWord(decision.Word), 10),
                ],
                $"by {decision.By ?? "unknown"}, run {decision.RunId ?? "unknown"}, iteration "
                    + $"{decision.Iteration?.ToString(CultureInfo.InvariantCulture) ?? "?"}"
                    + $"{(decision.Note is { Length: > 0 } note ? $": {note}" : "")}",
                StyleRole.Text);
        }

        if (loop.Decisions.Count == 0)
        {
            rows.Note("none");
        }

        RowLogNotes.Add(rows, "decisions.jsonl", loop.Decisions);
    }
}
