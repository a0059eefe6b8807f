using System.Collections.Immutable;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Rules.Control;

/// <summary>The intents of one loop, oldest first. Rows that come in one look or in many give the same.</summary>
public sealed class ControlCases
{
    /// <summary>Cases that are kept; of more, the oldest that are settled go first.</summary>
    public const int Limit = 512;

    public static readonly ControlCases None = new([]);

    private readonly ImmutableDictionary<string, ControlCase> overruled;
    private readonly Inputs? judged;

    private ControlCases(ImmutableList<ControlCase> recorded)
        : this(recorded, ImmutableDictionary<string, ControlCase>.Empty, null)
    {
    }

    private ControlCases(ImmutableList<ControlCase> recorded, ImmutableDictionary<string, ControlCase> overruled, Inputs? judged)
    {
        (Recorded, this.overruled, this.judged) = (recorded, overruled, judged);
        All = overruled.IsEmpty ? recorded : recorded.ConvertAll(known => overruled.GetValueOrDefault(known.Key, known));
        Pending = [.. All.Where(static known => known.IsPending)];
        Unreviewed = [.. All.Where(static known => known.NeedsReview).Reverse()];
        Cancels = [.. All.Where(static known =>
            known is { Intent: IntentWords.Cancel, Aim: not null, StartedAt: not null } && (known.IsPending || known.IsSuccess))];
    }

    /// <summary>As they stand now: one that was confirmed and overruled since is contradicted, even before a row says so.</summary>
    public ImmutableList<ControlCase> All { get; }

    /// <summary>As the rows say.</summary>
    public ImmutableList<ControlCase> Recorded { get; }

    /// <summary>Whether something contradicts an intent that is called confirmed, and no row says so yet.</summary>
    public bool HasUnrecorded => !overruled.IsEmpty;

    /// <summary>Those whose effect is still being looked for.</summary>
    public ImmutableArray<ControlCase> Pending { get; }

    /// <summary>Those that an operator has to look at, newest first.</summary>
    public ImmutableArray<ControlCase> Unreviewed { get; }

    /// <summary>Those in the rows.</summary>
    public static ControlCases From(IReadOnlyList<ControlRow> rows) => None.Add(rows);

    /// <summary>
    /// Cancels that took effect or are being carried out, oldest first: they explain how the run that they hit looks now.
    /// </summary>
    public ImmutableArray<ControlCase> Cancels { get; }

    public ControlCase? Find(string key) => All.FindLast(known => known.Key == key);

    public ControlCase? FindRecorded(string key) => Recorded.FindLast(known => known.Key == key);

    /// <summary>These, with what contradicts those that are called confirmed; the same where nothing that matters has changed.</summary>
    internal ControlCases Judged(RepoFacts repo, LoopFacts loop)
    {
        var inputs = new Inputs(
            loop.Approval, loop.Tally.Decisive, loop.Log, loop.Withheld, loop.Breaks, loop.IsReading, loop.HasGoneBack);
        if ((Recorded.IsEmpty && overruled.IsEmpty) || judged?.IsSame(inputs) == true)
        {
            return this;
        }

        var found = ImmutableDictionary.CreateBuilder<string, ControlCase>();
        foreach (var known in Recorded)
        {
            if (Overruling(known, repo, loop) is { } other)
            {
                // Since when, and by what, stays as it was first seen.
                var now = known.OverruledBy(other, repo.Now);
                found[known.Key] = overruled.GetValueOrDefault(known.Key) is { } before && before.Why == now.Why
                    ? now with { ToldAt = before.ToldAt, Evidence = before.Evidence }
                    : now;
            }
        }

        return new(Recorded, found.ToImmutable(), inputs);
    }

    private static Outcome.Contradicted? Overruling(ControlCase known, RepoFacts repo, LoopFacts loop) =>
        known is { Outcome: OutcomeWords.Observed, MayChange: true }
            && !loop.IsReading
            && ControlAttempt.From(repo.Path, loop.Id, known) is { } attempt
            ? Verifier.Overruling(attempt, repo, loop)
            : null;

    public ControlCases With(RowReading<ControlRow> reading) => reading.Condition switch
    {
        ArtifactCondition.Present => (reading.StartsOver ? None : this).Add(reading.Rows),
        ArtifactCondition.Missing => None,
        _ => this,
    };

    private ControlCases Add(IReadOnlyList<ControlRow> rows)
    {
        var all = Recorded.ToBuilder();
        foreach (var row in rows)
        {
            // Rows of other programs have no key and no intent of ours.
            if (row.IdempotencyKey.Length == 0 || row.Intent.Length == 0)
            {
                continue;
            }

            var index = all.FindLastIndex(known => known.Key == row.IdempotencyKey);
            if (index >= 0)
            {
                all[index] = all[index].With(row);
                continue;
            }

            all.Add(
                new ControlCase { Key = row.IdempotencyKey, Intent = row.Intent, TraceId = row.TraceId, By = row.RequestedBy }.With(row));
            if (all.Count > Limit)
            {
                var settled = all.FindIndex(static known => !known.IsPending && !known.NeedsReview);
                all.RemoveAt(Math.Max(0, settled));
            }
        }

        // What overruled one is looked for again: a row of it may have come.
        return new ControlCases(all.ToImmutable(), overruled, null);
    }

    /// <summary>What the judgement rests on; each is another object where it has changed.</summary>
    private sealed record Inputs(
        object Approval, object Decisive, object? Log, object? Withheld, object Breaks, bool IsReading, bool HasGoneBack)
    {
        public bool IsSame(Inputs other) => ReferenceEquals(Approval, other.Approval)
            && ReferenceEquals(Decisive, other.Decisive)
            && ReferenceEquals(Log, other.Log)
            && ReferenceEquals(Withheld, other.Withheld)
            && ReferenceEquals(Breaks, other.Breaks)
            && IsReading == other.IsReading
            && HasGoneBack == other.HasGoneBack;
    }
}
