using OpsManager.Sources.Local;
using OpsManager.Tui.Pager;
using Xunit;

namespace OpsManager.Tests.Tui.Pager;

/// <summary>What a search found is on the screen, also where its line is longer than that.</summary>
public sealed class FoundPlaceTests
{
    private const int Width = 40;
    private const int Room = 10;

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(0, 33, 0)]
    // The last cell says that the line is cut.
    [InlineData(0, 34, 18)]
    // Over the right edge, far to the right, and left of what is visible.
    [InlineData(0, 36, 20)]
    [InlineData(0, 700, 684)]
    [InlineData(300, 5, 0)]
    [InlineData(300, 310, 300)]
    public void A_line_that_is_not_wrapped_is_scrolled_sideways(int left, int cell, int wanted)
    {
        var found = Searched(new string('.', cell) + "needle" + new string('.', 400), wraps: false, left);

        Assert.Equal(wanted, found.Left);
        Assert.False(found.Search!.IsComing);
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(39 + (9 * Width), 0)]
    [InlineData(10 * Width, 10)]
    [InlineData(2_000, 50)]
    public void A_wrapped_line_is_moved_to_the_row_of_the_match(int cell, int row)
    {
        var found = Searched(new string('.', cell) + "needle" + new string('.', 400), wraps: true, left: 0);

        Assert.Equal(row == 0 ? new PagerAim.At(default) : new PagerAim.At(new PagerTop(0, row), -3), found.Aim);
    }

    [Fact]
    public void A_line_that_is_not_read_yet_is_scrolled_when_it_is()
    {
        var state = Opened("first line", wraps: false, left: 0);
        var sought = PagerUpdate.Search(state, "needle");

        var found = PagerUpdate.Take(sought, new PagerSought(sought.Search!.Seek!, 5_000, 5_000, IsDone: false, null));
        Assert.True(found.Search!.IsComing);
        Assert.Equal(new PagerAim.At(new PagerTop(5_000, 0), -3), found.Aim);

        var read = PagerUpdate.Take(found, new PagerRead(found.Path, Text(5_000, new string('.', 100) + "needle", wraps: false)));
        Assert.False(read.Search!.IsComing);
        Assert.Equal(84, read.Left);
    }

    private static PagerState Searched(string line, bool wraps, int left)
    {
        var state = PagerUpdate.Search(Opened(line, wraps, left), "needle");
        return PagerUpdate.Take(state, new PagerSought(state.Search!.Seek!, 0, 0, IsDone: false, null));
    }

    private static PagerState Opened(string line, bool wraps, int left) =>
        new("/r", "a.log", null, "TEXT") { Wraps = wraps, Left = left, Text = Text(0, line, wraps) };

    private static PagerText Text(long start, string line, bool wraps) =>
        new(new PagerRequest(PagerAim.First, Room, Width, wraps, HasNumbers: false, IsRaw: false), new PagerTop(start, 0),
            [new TextLine(start, start + line.Length + 1, line, IsCut: false)]);
}
