using System.Collections.Immutable;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Core.Rules.Rollout;

/// <summary>
/// Goes through intents.jsonl, whoever wrote it, and looks for decisions that it calls confirmed and that the runtime has no trace of.
/// The same decision shows that an intent took effect, whoever made it, even if it was overruled later. It is made again only where one
/// of the files it rests on has changed.
/// </summary>
public sealed class SelfAudit
{
    /// <summary>
    /// How long before its row a decision of another manager may have been made: its own record does not say when it began.
    /// </summary>
    private static readonly TimeSpan MaxIntent = TimeSpan.FromMinutes(15);

    /// <summary>The runtime writes whole seconds, and another process's clock reading may be a moment older.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    public static readonly SelfAudit None = new(null, [], null, null);

    private readonly (object Intents, object Decisions, object Cases, object Decisive, object? Approval)? inputs;

    private SelfAudit(
        (object Intents, object Decisions, object Cases, object Decisive, object? Approval)? inputs, ImmutableArray<Suspect> suspects,
        DateTimeOffset? since, long? initial) =>
        (this.inputs, Suspects, Since, Initial) = (inputs, suspects, since, initial);

    /// <summary>Rows that the artifacts do not show, oldest first.</summary>
    public ImmutableArray<Suspect> Suspects { get; }

    /// <summary>Since when it is these rows; null where there are none.</summary>
    public DateTimeOffset? Since { get; }

    /// <summary>
    /// Rows that stood there when the file was read first; null before. Only of these may some be of a life before the loop's.
    /// </summary>
    public long? Initial { get; }

    /// <summary>The audit of the loop as it is now; this one where nothing has changed.</summary>
    public SelfAudit From(RepoFacts repo, LoopFacts loop, ControlCases cases)
    {
        (object, object, object, object, object?) current =
            (loop.Intents, loop.Decisions, cases, loop.Tally.Decisive, loop.Approval.Value);
        if (inputs is { } before && Same(before, current))
        {
            return this;
        }

        var suspects = Audit(repo, loop, cases);
        var since = suspects.IsEmpty ? null : AreThese(suspects) ? Since : repo.Now;
        return new(
            current, suspects, since,
            Initial ?? (loop.Intents is { HasMore: false, Condition: not ArtifactCondition.Unseen } read ? read.Count : null));
    }

    /// <summary>Whether they are those of before: another row has to be doubted as long as any.</summary>
    private bool AreThese(ImmutableArray<Suspect> suspects) => suspects.Select(static one => one.Row)
        .SequenceEqual(Suspects.Select(static one => one.Row), ReferenceEqualityComparer.Instance);

    private static bool Same((object, object, object, object, object?) one, (object, object, object, object, object?) other) =>
        ReferenceEquals(one.Item1, other.Item1) && ReferenceEquals(one.Item2, other.Item2) && ReferenceEquals(one.Item3, other.Item3)
        && ReferenceEquals(one.Item4, other.Item4) && ReferenceEquals(one.Item5, other.Item5);

    private static ImmutableArray<Suspect> Audit(RepoFacts repo, LoopFacts loop, ControlCases cases)
    {
        // Half of the decisions would condemn what the other half shows; where there are none, the whole log has to be there for them.
        var isKept = loop.Decisions is { Condition: ArtifactCondition.Present, HasMore: false };
        var isLogged = loop is { Decisions.Condition: ArtifactCondition.Missing, Withheld: null, IsCounted: true };
        if (loop.Intents.Rows.IsEmpty || loop.Intents.HasMore || !(isKept || isLogged))
        {
            return [];
        }

        var suspects = ImmutableArray.CreateBuilder<Suspect>();
        // The artifacts of a sprite are a copy: what was sent to its service can be looked up in them.
        var isCopy = repo.Sprite is not null;
        var ledger = new DecisionLedger(loop);
        var newest = loop.Intents.Rows.Where(static row => row.IdempotencyKey is { Length: > 0 })
            .GroupBy(static row => row.IdempotencyKey!)
            .ToDictionary(static rows => rows.Key, static rows => rows.Last());
        var number = loop.Intents.Count - loop.Intents.Rows.Count;
        foreach (var row in loop.Intents.Rows)
        {
            number++;
            // What was done on the sprite is recorded there, or in the copy.
            var isHere = isCopy || row.Transport is null or Transports.Local;
            if (row.Status == IntentStatus.Confirmed && isHere && !IsTakenBack(row) && Doubt(row, repo, loop, cases, ledger) is { } why)
            {
                suspects.Add(new Suspect(number, row, why));
            }
        }

        return suspects.ToImmutable();

        // It was overruled since, and a later row of its key says so, or is about to.
        bool IsTakenBack(IntentRow row) => row.IdempotencyKey is { Length: > 0 } key
            && (newest[key].Status == IntentStatus.Ambiguous || cases.Find(key) is { IsUnrecorded: true });
    }

    private static string? Doubt(IntentRow row, RepoFacts repo, LoopFacts loop, ControlCases cases, DecisionLedger ledger)
    {
        if (row.IsConfirmed == false || row.ConfirmExitCode is not (null or 0))
        {
            return "the row says both that it is confirmed and that it is not";
        }

        var word = row.Intent switch
        {
            IntentWords.Approve => DecisionWords.Approved,
            IntentWords.Reject => DecisionWords.Rejected,
            _ => null,
        };
        // What a cancel stopped leaves nothing behind: what speaks against it is looked for by the rule.
        if (word is null)
        {
            return null;
        }

        var known = cases.Find(row.IdempotencyKey ?? "");
        var began = known?.StartedAt ?? row.Timestamp - MaxIntent;
        var (from, to) = (began - Slack, row.Timestamp + Slack);
        return ledger.Bears(row, word, from, to)
            || Stands(known, repo, loop, word)
            || (loop.Decisions.Condition == ArtifactCondition.Missing && Logged(loop, row, word, from, to))
            ? null
            : $"no {IntentText.Noun(row.Intent)} of that time is in decisions.jsonl, approval.json or events.jsonl";
    }

    /// <summary>Whether what confirmed it is in force, or was consumed: a runtime that dies in between leaves no row of it.</summary>
    private static bool Stands(ControlCase? known, RepoFacts repo, LoopFacts loop, string word) =>
        known is not null && ControlAttempt.From(repo.Path, loop.Id, known) is { } attempt
        && (StandingDecision.Read(attempt, repo, loop, QuestionLog.Read(attempt, loop))?.Word == word
            || (loop.Tally.Decisive.IsFull && loop.Tally.Decisive.All[0].Line > attempt.Baseline.Events + 1));

    /// <summary>Where the runtime keeps no decisions: the event, or what is in approval.json.</summary>
    private static bool Logged(LoopFacts loop, IntentRow row, string word, DateTimeOffset? from, DateTimeOffset? to) =>
        (loop.Tally.Decisive.IsFull && !(from > loop.Tally.Decisive.All[0].At))
        // The clock of a sprite is another one.
        || loop.Tally.Decisive.All.Any(moment => moment.Name == EventNames.ApprovalDecision
            && moment.Status == word
            && (row.Transport == Transports.SpriteService || (!(moment.At < from) && !(moment.At > to))))
        || loop.Approval.Value?.Status == word;
}
