using System.Globalization;
using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;
using OpsManager.Tui.State;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Panes.Detail;

/// <summary>Every intent that was ever sent to the loop and what came of it, the newest first (docs/contract.md, "Manager files").</summary>
public static class ControlTab
{
    public static IReadOnlyList<Row> Rows(AppModel model, RepoModel repo, LoopModel loop, int width)
    {
        var rows = new RowsBuilder(width);
        var now = model.NowIn(repo);
        foreach (var intent in loop.Intents.Rows.Reverse())
        {
            var status = Word(intent);
            rows.Wrapped(
                [
                    new($" {Ages.Short(intent.Timestamp, now),5}  ", StyleRole.Muted),
                    new(intent.Intent, StyleRole.Text, 9),
                    new(status, EventLook.OfWord(status), 21),
                ],
                $"by {intent.RequestedBy ?? "unknown"}{(intent.ExitCode is { } code ? $", exit {code.ToString(CultureInfo.InvariantCulture)}" : "")}{(intent.Note is { Length: > 0 } note ? $": {note}" : "")}",
                StyleRole.Text);
        }

        if (loop.Intents.Count == 0)
        {
            rows.Note("no intent was sent to this loop yet");
        }

        RowLogNotes.Add(rows, "intents.jsonl", loop.Intents);
        return rows.Rows;
    }

    private static string Word(IntentRow intent) => intent.Status switch
    {
        IntentStatus.Confirmed => "confirmed",
        IntentStatus.Ambiguous => "ambiguous",
        IntentStatus.FailedCommand => "failed_command",
        IntentStatus.ExecutedUnconfirmed => "executed_unconfirmed",
        _ => intent.UnknownStatus ?? "unknown",
    };
}
