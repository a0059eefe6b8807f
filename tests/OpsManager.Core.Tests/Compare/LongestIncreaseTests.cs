using OpsManager.Core.Compare;
using Xunit;

namespace OpsManager.Core.Tests.Compare;

public sealed class LongestIncreaseTests
{
    [Fact]
    public void Nothing_has_none() => Assert.Empty(LongestIncrease.In([]));

    [Fact]
    public void It_is_as_long_as_the_longest_that_a_search_of_all_finds()
    {
        var random = new Random(20261130);
        for (var round = 0; round < 500; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 11)).OrderBy(_ => random.Next()).ToArray();

            var found = LongestIncrease.In(values);

            Assert.Equal(found.Order(), found);
            Assert.Equal(found.Select(at => values[at]).Order(), found.Select(at => values[at]));
            Assert.Equal(Longest(values), found.Count);
        }
    }

    private static int Longest(int[] values) => Enumerable.Range(0, 1 << values.Length)
        .Select(chosen => values.Where((_, at) => (chosen & (1 << at)) != 0).ToArray())
        .Where(static part => part.SequenceEqual(part.Order()))
        .Max(static part => part.Length);
}
