using System.Collections.Immutable;
using CsCheck;
using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Timeline;
using OpsManager.Tui.Timeline;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Timeline;

/// <summary>Lines of the log and rows of ours in one list, with a filter and without, however many there are of each.</summary>
public sealed class TimelineRowsTests
{
    private static readonly Gen<(int Lines, int[] Own, bool[] Match)> Logs =
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 12].Array[0, 6], Gen.Bool.Array[20], static (lines, own, match) => (lines, own, match));

    [Fact]
    public void Every_row_is_a_line_or_ours_and_each_is_found_again() => Logs.Sample(
        static drawn =>
        {
            var loop = Loop(drawn.Lines, drawn.Own);
            foreach (var (rows, expected) in new[]
            {
                (TimelineRows.All(loop), Merged(loop, [.. Enumerable.Range(0, drawn.Lines)], loop.Observed.Rows)),
                // None of ours has a role.
                (Filtered(loop, drawn.Match), Merged(loop, Matching(drawn), [])),
            })
            {
                string Of(int row) => rows.OursAt(row) is { } own ? $"own {own.Id}" : $"line {rows.LineAt(row)}";
                Assert.Equal(expected, Enumerable.Range(0, rows.Count).Select(Of));
                Assert.Equal(-1, rows.LineAt(rows.Count));
                Assert.Null(rows.OursAt(rows.Count));
                for (var row = 0; row < rows.Count; row++)
                {
                    // What the cursor is on is the same again, wherever it stands on the screen.
                    var position = rows.At(row, 0, 4);
                    Assert.Equal(row, rows.Window(position, 4).Selected);
                    Assert.Equal(row, rows.OursAt(row) is { } own ? rows.RowOf(own.Id) : rows.RowOf(rows.LineAt(row)));
                }
            }
        },
        iter: 3000,
        threads: 1);

    [Fact]
    public void The_cursor_stays_on_a_row_of_ours_when_others_come_before_it()
    {
        var loop = Loop(5, [2, 4]);
        var position = TimelineRows.All(loop).At(5, 0, 10);
        Assert.Equal(1, position.Own);

        var more = Loop(9, [1, 2, 3]);
        var own = more.Observed.Rows;
        own = [own[0] with { Id = 7 }, own[1] with { Id = 8 }, own[2] with { Id = 1 }];
        more = more with { Observed = more.Observed with { Rows = own } };
        var rows = TimelineRows.All(more);
        Assert.Equal(1, rows.OursAt(rows.Window(position, 10).Selected)!.Id);
        // One that is not kept any more leaves the cursor at its place.
        Assert.Equal(4, TimelineRows.All(Loop(9, [])).Window(position, 10).Selected);
    }

    private static int[] Matching((int Lines, int[] Own, bool[] Match) drawn) =>
        [.. Enumerable.Range(0, drawn.Lines).Where(line => drawn.Match[line])];

    private static TimelineRows Filtered(LoopModel loop, bool[] match)
    {
        Assert.True(EventFilter.TryParse("role:x", out var filter, out _));
        var matches = new MatchList();
        for (var line = 0; line < loop.Tally.Lines; line++)
        {
            if (match[line])
            {
                matches.Add(line);
            }
        }

        var state = new TimelineState
        {
            Filter = "role:x",
            Search = new LogSearch(LoopKey.From(loop), loop.Log!, filter, matches, matches.Count, loop.Tally.Lines),
        };
        return TimelineRows.From(state, loop);
    }

    private static List<string> Merged(LoopModel loop, int[] lines, ImmutableArray<ObservedRow> own)
    {
        var rows = new List<string>();
        var next = 0;
        foreach (var line in lines)
        {
            while (next < own.Length && own[next].Offset <= loop.Log![line].Offset)
            {
                rows.Add($"own {own[next++].Id}");
            }

            rows.Add($"line {line}");
        }

        rows.AddRange(own.Skip(next).Select(static row => $"own {row.Id}"));
        return rows;
    }

    private static LoopModel Loop(int lines, int[] own)
    {
        var log = LogText.Index(Enumerable.Range(0, lines).Select(static line => RuntimeText.Event("note", line).TrimEnd('\n')));
        long OffsetOf(int line) => line < lines ? log[line].Offset : lines == 0 ? 0 : log[lines - 1].Offset + log[lines - 1].Length + 1;
        ObservedRow Own(int index, long offset) =>
            new(index, ObservedKind.SourceLost, $"k{index}", WatchedRepo.Start, "it is so") { Offset = offset, IsPlaced = true };
        var rows = own.Order().Select((line, index) => Own(index, OffsetOf(line)));
        return new LoopModel("/srv/app", "checkout-flow")
        {
            Log = log,
            Tally = EventTally.Empty.Add(log, 0, lines),
            Observed = ObservedRows.None with { Rows = [.. rows], NextId = own.Length },
        };
    }
}
