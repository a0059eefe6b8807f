using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Follow;

namespace OpsManager.Sources.Replay;

/// <summary>
/// Replays tapes on virtual time through the fold and compares what it says with every mark (docs/contract.md, "Tapes").
/// </summary>
/// <param name="snapshotOnly">As with the event stream switched off.</param>
public sealed class TapeVerifier(FoldOptions fold, FollowOptions follow, bool snapshotOnly = false)
{
    public VerifyReport Verify(IEnumerable<Tape> tapes)
    {
        var verified = tapes.Select(Verify).ToArray();
        var marks = verified.SelectMany(static tape => tape.Marks).ToArray();
        return new VerifyReport(verified, marks.Length, marks.Count(static mark => !mark.Agrees));
    }

    private VerifiedTape Verify(Tape tape)
    {
        var deck = new TapeDeck(tape, tape.Name, follow);
        var reducer = new Reducer(fold);
        var fleet = reducer.Reduce(FleetModel.Empty, [new StreamSwitched(deck.Now, snapshotOnly), deck.Opening]);
        var marks = new List<VerifiedMark>();
        while (!deck.IsOver)
        {
            var (seen, mark) = deck.Move(deck.NextMove);
            fleet = seen.Count == 0 ? fleet : reducer.Reduce(fleet, seen);
            if (mark is not null)
            {
                marks.Add(Compare(mark, fleet.Loop(deck.Repo, mark.LoopId)));
            }
        }

        return new VerifiedTape(tape.Name, tape.Title, marks);
    }

    private static VerifiedMark Compare(TapeMark mark, LoopModel? loop) => new(
        mark.LoopId,
        (long)mark.At.TotalMilliseconds,
        mark.Truth,
        loop?.Verdict.Lifecycle ?? Lifecycle.Unknown,
        mark.Reference,
        loop?.Projected.Status ?? Lifecycle.Unknown,
        loop?.Verdict.Ruling.Reason ?? "the loop has not been seen",
        mark.Why,
        loop is null ? [] : [.. loop.Verdict.Findings.Select(static finding => finding.Code)]);
}
