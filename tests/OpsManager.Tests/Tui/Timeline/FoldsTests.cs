using CsCheck;
using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Timeline;
using OpsManager.Tui.Timeline;
using Xunit;

namespace OpsManager.Tests.Tui.Timeline;

/// <summary>Finished iterations as one row each: which line stands where, and that the cursor stays on its event.</summary>
public sealed class FoldsTests
{
    private const int Page = 5;

    private static readonly string[] Names = ["loop_start", "iteration_start", "iteration_end", "note", "note", "tests_end", "loop_stop"];

    private static readonly ActionId[] Moves =
    [
        ActionId.MoveDown, ActionId.MoveUp, ActionId.PageDown, ActionId.PageUp, ActionId.MoveToTop, ActionId.FoldIterations,
        ActionId.NextProblem, ActionId.PreviousProblem, ActionId.Pause, ActionId.Follow,
    ];

    private static readonly Gen<(int[] Names, int[] Own)> Logs =
        Gen.Select(Gen.Int[0, Names.Length - 1].Array[0, 40], Gen.Int[0, 40].Array[0, 4], static (names, own) => (names, own));

    [Fact]
    public void Every_line_is_shown_once_or_stood_for_by_its_iteration() => Gen.Select(Logs, Gen.Int[0, 5].Array[0, 3], Gen.Bool).Sample(
        static (drawn, opened, follows) =>
        {
            var loop = Loop(drawn);
            var rows = Rows(loop, opened, follows);
            var seen = new List<int>();
            for (var row = 0; row < rows.Count; row++)
            {
                if (rows.OursAt(row) is { } own)
                {
                    Assert.Equal(row, rows.RowOf(own.Id));
                    continue;
                }

                var (first, last) = rows.FoldAt(row) is { } block ? (block.First, block.Last) : (rows.LineAt(row), rows.LineAt(row));
                seen.AddRange(Enumerable.Range(first, last - first + 1));
                Assert.All(Enumerable.Range(first, last - first + 1), line => Assert.Equal(row, rows.RowOf(line)));
                Assert.Equal(row, rows.Window(rows.At(row, 0, Page), Page).Selected);
            }

            Assert.Equal(Enumerable.Range(0, rows.Lines), seen);
        },
        iter: 3000,
        threads: 1);

    [Fact]
    public void Folding_and_unfolding_keeps_the_cursor_on_its_event() => Gen.Select(Logs, Gen.Int[0, 60]).Sample(
        static (drawn, at) =>
        {
            var loop = Loop(drawn);
            if (loop.Tally.Lines == 0)
            {
                return;
            }

            var flat = TimelineRows.All(loop);
            var state = new TimelineState
            {
                Position = flat.At(at % flat.Count, 0, Page),
                Folds = new FoldState { IsOn = false },
            };
            var before = Selected(state, loop);

            var folded = Press(state, loop, ActionId.FoldIterations);
            Assert.Equal(state.Position, folded.Position);
            var unfolded = TimelineRows.From(folded, loop).HasFolds ? Press(folded, loop, ActionId.FoldIterations) : folded;

            Assert.Equal(before, Selected(unfolded, loop));
        },
        iter: 3000,
        threads: 1);

    [Fact]
    public void No_order_of_keys_leaves_the_rows_or_folds_what_is_found() =>
        Gen.Select(Logs, Gen.Int[0, Moves.Length - 1].List[0, 20]).Sample(
            static (drawn, keys) =>
            {
                var loop = Loop(drawn);
                var state = new TimelineState();
                foreach (var key in keys)
                {
                    var step = TimelineUpdate.Move(state, TimelineRows.From(state, loop), Moves[key], Page, WatchedRepo.Start);
                    var (rows, isJump) = (TimelineRows.From(step.State, loop), TimelineUpdate.IsJump(Moves[key]));
                    var selected = rows.Window(step.State.Position, Page).Selected;
                    Assert.InRange(selected, rows.Count == 0 ? -1 : 0, Math.Max(-1, rows.Count - 1));
                    Assert.False(isJump && step.Toast is null && rows.FoldAt(selected) is not null);
                    state = step.State;
                }
            },
            iter: 3000,
            threads: 1);

    [Fact]
    public void While_it_follows_the_newest_finished_iteration_is_open_and_stays_so_when_one_stops_following()
    {
        int[] three = [.. Enumerable.Repeat((int[])[1, 3, 2], 3).SelectMany(static one => one)];
        var loop = Loop((three, []));
        var state = new TimelineState();
        Assert.Equal(5, TimelineRows.From(state, loop).Count);

        state = Press(state, loop, ActionId.MoveUp);
        Assert.Equal(5, TimelineRows.From(state, loop).Count);

        // Another one ends meanwhile.
        var more = Loop(([.. three, 1, 3, 2], []));
        Assert.Equal(8, TimelineRows.From(state, more).Count);
        Assert.Equal(Selected(state, loop), Selected(state, more));
        Assert.Equal(6, TimelineRows.From(Press(state, more, ActionId.MoveToBottom), more).Count);
    }

    [Fact]
    public void Open_opens_the_iteration_under_the_cursor_and_no_other()
    {
        var loop = Loop(([1, 3, 3, 2, 1, 3, 2, 1, 2], []));
        var state = Press(new TimelineState(), loop, ActionId.MoveToTop);
        var rows = TimelineRows.From(state, loop);
        Assert.NotNull(rows.FoldAt(0));

        var opened = TimelineUpdate.Unfold(state, rows, 0, Page)!;

        var after = TimelineRows.From(opened, loop);
        Assert.Equal((rows.Count + 3, 0), (after.Count, after.Window(opened.Position, Page).Selected));
        Assert.Null(after.FoldAt(0));
        Assert.Null(TimelineUpdate.Unfold(opened, after, 0, Page));
        Assert.NotNull(after.FoldAt(4));
    }

    [Fact]
    public void A_line_that_a_filter_found_stays_when_the_filter_goes()
    {
        var loop = Loop(([1, 3, 3, 2, 1, 3, 2, 1, 2], []));
        var state = new TimelineState
        {
            Filter = "event:note",
            Position = TimelineRows.All(loop).At(2, 0, Page),
        };

        var after = TimelineUpdate.Unfiltered(state, loop);

        Assert.Equal("line 2", Selected(after, loop));
    }

    private static TimelineState Press(TimelineState state, LoopModel loop, ActionId action) =>
        TimelineUpdate.Move(state, TimelineRows.From(state, loop), action, Page, WatchedRepo.Start).State;

    private static string Selected(TimelineState state, LoopModel loop)
    {
        var rows = TimelineRows.From(state, loop);
        var row = rows.Window(state.Position, Page).Selected;
        return rows.OursAt(row) is { } own ? $"own {own.Id}"
            : rows.FoldAt(row) is { } block ? $"fold {block.First}"
            : $"line {rows.LineAt(row)}";
    }

    private static TimelineRows Rows(LoopModel loop, int[] opened, bool follows)
    {
        var log = loop.Log!;
        var finished = log.Iterations.CountWithin(loop.Tally.Lines);
        var offsets = opened.Where(block => block < finished).Select(block => log[log.Iterations[block].First].Offset);
        return TimelineRows.From(
            new TimelineState
            {
                Position = new TimelinePosition(follows, 0, 0),
                Folds = new FoldState { Opened = [.. offsets] },
            },
            loop);
    }

    private static LoopModel Loop((int[] Names, int[] Own) drawn)
    {
        var log = LogText.Index(
            drawn.Names.Select(static (name, at) => RuntimeText.Event(
                Names[name], at, data: Names[name] == "tests_end" ? """{"status":"failed"}""" : "{}").TrimEnd('\n')));
        long OffsetOf(int line) => line < log.Count ? log[line].Offset : log.EndOffset;
        var rows = drawn.Own.Order().Select((line, index) => new ObservedRow(
            index, ObservedKind.SourceLost, $"k{index}", WatchedRepo.Start, "it is so")
        { Offset = OffsetOf(line), IsPlaced = true });
        return new LoopModel("/srv/app", "checkout-flow")
        {
            Log = log,
            Tally = EventTally.Empty.Add(log, 0, log.Count),
            Observed = ObservedRows.None with { Rows = [.. rows], NextId = drawn.Own.Length },
        };
    }
}
