using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Detail;

/// <summary>One intent with its verification steps and their evidence (docs/control.md).</summary>
internal static class CaseRows
{
    private const int MarkWidth = 4;

    public static void Add(RowsBuilder rows, RepoModel repo, LoopModel loop, ControlCase known, AgeClock now)
    {
        var (word, role) = Headline(known);
        rows.Wrapped(
            [new(" ", StyleRole.Text), new($"{IntentText.Noun(known.Intent)} {word}  ", role)],
            $"by {known.By ?? "unknown"}{Since(known, now)}{(known.Why is { } why ? $": {why}" : "")}", StyleRole.Text, indent: 3);
        if (known.Note is { Length: > 0 } note)
        {
            rows.Wrapped([new("   note  ", StyleRole.Muted)], note, StyleRole.Text);
        }

        if (known.StartedAt is { } started)
        {
            Step(
                rows, true, "recorded in telemetry/control.jsonl, then sent",
                started.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            Step(rows, known.ExecutedAt is not null, Command(known), known.Output);
        }

        if (known.IsSuccess || known.Outcome == "contradicted")
        {
            foreach (var evidence in known.Evidence)
            {
                Step(rows, true, EvidenceText.For(evidence), evidence.Value);
            }
        }

        if (known is { MayChange: true, Outcome: not "contradicted" } && ControlAttempt.From(repo.Path, loop.Id, known) is { } attempt)
        {
            foreach (var step in Verifier
                .Steps(attempt, repo, loop)
                .Where(step => !known.IsSuccess || step is { IsLater: true, Seen: null }))
            {
                Step(rows, step.Seen is not null, step.What, step.Seen is { } seen ? Place(step.What, seen.Record) : null);
            }
        }

        if (known.Acknowledgement is { } seenBy)
        {
            rows.Wrapped([new("   acknowledged by  ", StyleRole.Muted)], $"{seenBy.By}: {seenBy.Note}", StyleRole.Text);
        }
    }

    /// <summary>The evidence of a step; only its file where the step has said the fact already.</summary>
    private static string Place(string step, EvidenceRecord seen) =>
        seen.Path is { } path && step.Contains(seen.Fact, StringComparison.Ordinal) ? path : EvidenceText.For(seen);

    private static (string Word, StyleRole Role) Headline(ControlCase known) => known switch
    {
        { IsPending: true, ExecutedAt: null } => ("is being sent", StyleRole.Waiting),
        { IsPending: true } => ("is being verified", StyleRole.Waiting),
        { Outcome: null } => ("sent, not verified", StyleRole.Waiting),
        { IsSuccess: true } => ("confirmed", StyleRole.Ok),
        { Outcome: "refused" } => (known.Outcome, StyleRole.Failed),
        { Outcome: "contradicted" } => (known.Outcome, StyleRole.Waiting),
        _ => ("not confirmed", StyleRole.Waiting),
    };

    private static string Since(ControlCase known, AgeClock now) =>
        (known.ToldAt ?? known.StartedAt) is { } at ? $", {Ages.Short(at, now)} ago" : "";

    private static string Command(ControlCase known) => known switch
    {
        { ExecutedAt: null } => "the command has ended",
        { ExitCode: { } code } => string.Create(CultureInfo.InvariantCulture, $"the command ended with exit code {code}"),
        _ => "the command did not end by itself",
    };

    private static void Step(RowsBuilder rows, bool isSeen, string what, string? words) => rows.Wrapped(
        [new("   ", StyleRole.Text), new(isSeen ? "+" : "-", isSeen ? StyleRole.Ok : StyleRole.Muted, MarkWidth - 2)],
        words is { Length: > 0 } && !what.Contains(words, StringComparison.Ordinal) ? $"{what}  ({words})" : what,
        isSeen ? StyleRole.Text : StyleRole.Muted);
}
