using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Detail;

/// <summary>
/// Every intent that was ever sent to the loop and its result, the newest first (docs/contract.md, "Manager files").
/// </summary>
internal static class ControlTab
{
    public static IReadOnlyList<Row> Rows(Watched watched, RepoModel repo, LoopModel loop, int width)
    {
        var rows = new RowsBuilder(width);
        var now = watched.NowIn(repo);
        foreach (var known in loop.Cases.All.Reverse())
        {
            CaseRows.Add(rows, repo, loop, known, now);
        }

        var others = loop.Intents.Rows.Reverse().Where(intent => loop.Cases.Find(intent.IdempotencyKey ?? "") is null).ToArray();
        if (loop.Cases.All.Count > 0 && others.Length > 0)
        {
            rows.Heading("sent by other managers");
        }

        foreach (var intent in others)
        {
            var status = intent.StatusWord ?? "unknown";
            rows.Wrapped(
                [
                    new($" {Ages.Short(intent.Timestamp, now),5}  ", StyleRole.Muted),
                    new(IntentText.Noun(intent.Intent), StyleRole.Text, 10),
                    new(Result(intent, status), EventStyle.OfWord(status), 20),
                ],
                $"by {intent.RequestedBy ?? "unknown"}"
                    + $"{(intent.ExitCode is { } code ? $", exit code {code.ToString(CultureInfo.InvariantCulture)}" : "")}"
                    + $"{(intent.Note is { Length: > 0 } note ? $": {note}" : "")}",
                StyleRole.Text);
        }

        if (loop.Intents.Count == 0 && loop.Cases.All.Count == 0)
        {
            rows.Note("nothing was sent to this loop yet");
        }

        if (ByHand.WhyNot(watched, loop) is null)
        {
            rows.Note($"done by hand? :{ByHand.Name} verifies it from the run's files; nothing is sent");
        }

        RowLogNotes.Add(rows, "intents.jsonl", loop.Intents);
        RowLogNotes.Add(rows, "telemetry/control.jsonl", loop.ControlRows);
        return rows.Rows;
    }

    /// <summary>The result in the words of the screen; a word of another program is shown as it is.</summary>
    private static string Result(IntentRow intent, string status) => status switch
    {
        IntentStatuses.FailedCommand => "refused",
        IntentStatuses.Ambiguous when intent.ReasonCode is { } reason => reason,
        IntentStatuses.Ambiguous => "not confirmed",
        IntentStatuses.ExecutedUnconfirmed => "sent, not verified",
        _ => status,
    };
}
