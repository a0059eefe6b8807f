using CsCheck;
using OpsManager.Core.Events;
using Xunit;

namespace OpsManager.Core.Tests.Events;

public sealed class MatchListTests
{
    [Fact]
    public void The_first_match_at_or_behind_a_row_is_found() => Gen.Int[1, 5].List[0, 200].Select(Gen.Int[-1, 700]).Sample(
        (steps, row) =>
        {
            var list = new MatchList();
            var rows = new List<int>();
            var at = 0;
            foreach (var step in steps)
            {
                at += step;
                rows.Add(at);
                list.Add(at);
            }

            Assert.Equal(rows, Enumerable.Range(0, list.Count).Select(index => list[index]));
            Assert.Equal(rows.Count(found => found < row), list.IndexAtOrAfter(row));
        },
        iter: 2000,
        threads: 1);

    [Fact]
    public void Very_many_matches_are_kept()
    {
        var list = new MatchList();
        for (var row = 0; row < 100_000; row++)
        {
            list.Add(row * 3);
        }

        Assert.Equal((100_000, 299_997, 66_667), (list.Count, list[99_999], list.IndexAtOrAfter(200_000)));
    }
}
