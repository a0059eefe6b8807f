using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Check;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;
using OpsManager.Tests.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Check;

/// <summary>
/// In ordinary use, and after every fault of the runtime, what was folded is what the artifacts say when they are read anew.
/// </summary>
public sealed class ScratchParityTests
{
    /// <summary>The tapes in which the log itself is harmed.</summary>
    private static readonly Dictionary<string, string> Harmed = new()
    {
        ["log-truncated"] = "cursor_regression",
        ["rolled-back"] = "cursor_regression",
        ["backup-restored"] = "cursor_regression",
        ["log-rewritten"] = "log_rewritten"
    };

    public static TheoryData<string> Tapes => SampleRunTests.Tapes;

    [Theory]
    [MemberData(nameof(Tapes))]
    public void Every_tape_agrees_at_each_look_and_nothing_is_rolled_back_without_a_cause(string name)
    {
        foreach (var snapshotOnly in (bool[])[false, true])
        {
            var deck = new TapeDeck(
                TapeStore.Read(new System.IO.Abstractions.FileSystem(), RepoRoot.Combine("sample-runs", $"{name}.tape.jsonl")), name,
                FollowOptions.Default);
            var reducer = new Reducer(FoldOptions.Default);
            // Not as a replay: of those nothing is ever rolled back.
            var fleet = reducer.Reduce(
                FleetModel.Empty, [new StreamSwitched(deck.Now, snapshotOnly), new RepoOpened(deck.Now, deck.Repo)]);
            var causes = new HashSet<string>();
            for (var look = 1; !deck.IsOver; look++)
            {
                var (seen, mark) = deck.Move(deck.NextMove);
                fleet = seen.Count == 0 ? fleet : reducer.Reduce(fleet, seen);
                causes.UnionWith(fleet.Loops.Select(static loop => loop.Trigger?.Cause).OfType<string>());
                if (mark is not null || look % 40 == 0)
                {
                    Assert.All(
                        fleet.Loops.Where(static loop => loop is { Exists: true, IsCounted: true }),
                        loop => Assert.Null(Difference(deck, fleet, loop, reducer)));
                }
            }

            Assert.Equal(Harmed.TryGetValue(name, out var cause) ? [cause] : [], causes);
        }
    }

    /// <summary>A look later than the model may see more; then the model is brought up to it, as it is in a session.</summary>
    private static string? Difference(TapeDeck deck, FleetModel fleet, LoopModel loop, Reducer reducer)
    {
        var anew = ScratchReading.Take(loop, deck.Files, deck.Now);
        return anew.IsIncomplete ? null : anew.DifferenceFrom(fleet, reducer, reducer);
    }
}
