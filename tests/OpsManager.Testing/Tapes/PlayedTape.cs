using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;

namespace OpsManager.Testing;

/// <summary>A sample run, stopped at each of its marks where the loop's files are there: what was known then.</summary>
internal static class PlayedTape
{
    public static IEnumerable<LoopReading> AtMarks(string name)
    {
        var deck = new TapeDeck(SampleTape.Read(name), "/srv/app", FollowOptions.Default);
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = reducer.Reduce(FleetModel.Empty, [deck.Opening]);
        while (!deck.IsOver)
        {
            var (seen, mark) = deck.Move(deck.NextMove);
            fleet = seen.Count == 0 ? fleet : reducer.Reduce(fleet, seen);
            if (mark is not null && fleet.Loop(deck.Repo, mark.LoopId) is { Exists: true, Log.IsTail: false } loop)
            {
                yield return new LoopReading(fleet.Repos[deck.Repo], loop, deck.Files, deck.Now);
            }
        }
    }
}
