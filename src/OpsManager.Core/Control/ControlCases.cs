using System.Collections.Immutable;
using OpsManager.Contract.Manager;
using OpsManager.Core.Observations;

namespace OpsManager.Core.Control;

/// <summary>The intents of one loop, oldest first. Rows that come in one look or in many give the same.</summary>
public sealed class ControlCases
{
    /// <summary>Cases that are kept; of more, the oldest that are settled go first.</summary>
    public const int Limit = 512;

    public static readonly ControlCases None = new([]);

    private ControlCases(ImmutableList<ControlCase> all)
    {
        All = all;
        Pending = [.. all.Where(static known => known.IsPending)];
        Unreviewed = [.. all.Where(static known => known.NeedsReview).Reverse()];
        Cancels = [.. all.Where(static known =>
            known is { Intent: "cancel", Aim: not null, StartedAt: not null } && (known.IsPending || known.IsSuccess))];
    }

    public ImmutableList<ControlCase> All { get; }

    /// <summary>Those whose effect is still being looked for.</summary>
    public ImmutableArray<ControlCase> Pending { get; }

    /// <summary>Those that an operator has to look at, newest first.</summary>
    public ImmutableArray<ControlCase> Unreviewed { get; }

    /// <summary>Cancels that took effect or are being carried out, oldest first: they explain how the run that they hit looks now.</summary>
    public ImmutableArray<ControlCase> Cancels { get; }

    public ControlCase? Find(string key) => All.FindLast(known => known.Key == key);

    public ControlCases With(RowReading<ControlRow> reading) => reading.Condition switch
    {
        ArtifactCondition.Present => (reading.StartsOver ? None : this).Add(reading.Rows),
        ArtifactCondition.Missing => None,
        _ => this,
    };

    private ControlCases Add(IReadOnlyList<ControlRow> rows)
    {
        var all = All.ToBuilder();
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

            all.Add(new ControlCase { Key = row.IdempotencyKey, Intent = row.Intent, TraceId = row.TraceId, By = row.RequestedBy }.With(row));
            if (all.Count > Limit)
            {
                var settled = all.FindIndex(static known => !known.IsPending && !known.NeedsReview);
                all.RemoveAt(Math.Max(0, settled));
            }
        }

        return new ControlCases(all.ToImmutable());
    }
}
