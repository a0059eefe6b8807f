using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Tests.Sources.Follow;

/// <summary>
/// The runtime writes while a look is under way: whatever it writes between any two reads, no lifecycle may be said that was
/// never so.
/// </summary>
public sealed class RacingLookTests
{
    public static TheoryData<string> Scenarios => ["first start", "start after a completion", "end in order", "role fails", "cancel"];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_look_that_races_with_the_runtime_says_nothing_that_was_never_so(string scenario)
    {
        var (before, steps) = Script(scenario);
        var clean = Enumerable.Range(0, steps.Count + 1).Select(until => Looked(before, steps, until, until, 0).Said).ToArray();
        var wrong = new List<string>();
        for (var from = 0; from <= steps.Count; from++)
        {
            for (var until = from + 1; until <= steps.Count; until++)
            {
                var operations = Looked(before, steps, from, from, 0).Operations;
                for (var at = 1; at <= operations; at++)
                {
                    var (said, _) = Looked(before, steps, from, until, at);
                    var so = clean.Take(until + 1).Skip(from).Distinct().ToArray();
                    if (!so.Contains(said))
                    {
                        wrong.Add(
                            $"steps {from}-{until} before operation {at} of {operations}: {said.Word()}, truly "
                                + $"{string.Join('/', so.Select(static word => word.Word()))}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>
    /// Looks after each of the first steps, and then once more while the steps up to <paramref name="until"/> happen before one
    /// operation of the look.
    /// </summary>
    private static (Lifecycle Said, int Operations) Looked(
        IReadOnlyList<TapeStep> before, IReadOnlyList<TapeStep> steps, int from, int until, int operation)
    {
        var tape = new TapeFiles();
        var processes = new TapeProcesses();
        var files = new WatchedFiles(tape);
        var follower = new RepoFollower(WatchedRepo.Path, files, processes, FollowOptions.Default);
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = FleetModel.Empty;
        var now = WatchedRepo.Start;

        void Apply(TapeStep step)
        {
            tape.Apply(step, now);
            processes.Apply(step);
        }

        void Look()
        {
            now += TimeSpan.FromMilliseconds(100);
            var seen = follower.Look(now, always: true);
            fleet = seen.Count == 0 ? fleet : reducer.Reduce(fleet, seen);
        }

        foreach (var step in before)
        {
            Apply(step);
        }

        Look();
        foreach (var step in steps.Take(from))
        {
            now += TimeSpan.FromMilliseconds(10);
            Apply(step);
            Look();
        }

        now += TimeSpan.FromMilliseconds(10);
        var count = 0;
        void Operation(string path)
        {
            count++;
            if (count == operation)
            {
                foreach (var step in steps.Take(until).Skip(from))
                {
                    Apply(step);
                }
            }
        }

        (files.BeforeProbe, files.BeforeRead, files.BeforeList) = (Operation, Operation, Operation);
        Look();
        return (fleet.Loop(WatchedRepo.Path, Loop)!.Verdict.Lifecycle, count);
    }

    private static (IReadOnlyList<TapeStep> Before, IReadOnlyList<TapeStep> Steps) Script(string scenario)
    {
        TapeStep[] start = [
            Put(ArtifactPaths.ActiveRun, ActiveRun(7, 60, stage: "run_start")), Alive(true), Append(Event("loop_start", 61, run: 61)),
            Put(ArtifactPaths.State, ""), Put(ArtifactPaths.State, State(true, 61)), Append(Event("iteration_start", 61, run: 61))
        ];
        TapeStep[] running = [
            Append(Event("loop_start")), Put(ArtifactPaths.ActiveRun, ActiveRun(7)), Alive(true), Put(ArtifactPaths.State, State(true))
        ];
        TapeStep[] completed = [
            Append(Event("loop_start")), Append(Event("loop_complete", 5)), Put(ArtifactPaths.Summary(Loop), Summary((0, 1, true))),
            Put(ArtifactPaths.State, State(false, 5))
        ];
        return scenario switch
        {
            "first start" => ([Put($"{ArtifactPaths.Loop(Loop)}/plan.md", "x")], start),
            "start after a completion" => (completed, start),
            "end in order" => (running, [
                Put(ArtifactPaths.Summary(Loop), Summary((0, 1, true))), Append(Event("iteration_end", 5)),
                Append(Event("loop_complete", 5)), Put(ArtifactPaths.State, ""), Put(ArtifactPaths.State, State(false, 5)),
                new TapeRemove(default, 0, ArtifactPaths.ActiveRun), Alive(false)
            ]),
            "cancel" => (
                running,
                [Alive(false), new TapeRemove(default, 0, ArtifactPaths.State), new TapeRemove(default, 0, ArtifactPaths.ActiveRun)]),
            _ => (
                running,
                [Append(Event("role_end", 5, status: "error")), new TapeRemove(default, 0, ArtifactPaths.ActiveRun), Alive(false)]),
        };
    }

    private static TapePut Put(string path, string text) => new(default, 0, path, Encoding.UTF8.GetBytes(text));

    private static TapeAppend Append(string text) => new(default, 0, ArtifactPaths.Events(Loop), Encoding.UTF8.GetBytes(text));

    private static TapeProcess Alive(bool alive) => new(default, 0, 7, alive);
}
