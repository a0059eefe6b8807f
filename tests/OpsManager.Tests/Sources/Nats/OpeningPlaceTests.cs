using OpsManager.Sources.Nats;
using Xunit;

namespace OpsManager.Tests.Sources.Nats;

public sealed class OpeningPlaceTests
{
    [Fact]
    public void Of_a_young_stream_all_is_read() => Assert.Equal(1UL, OpeningPlace.From(Enumerable.Repeat(1UL, 100), 0, 900));

    [Fact]
    public void One_loop_that_began_long_ago_is_asked_for_by_itself() =>
        Assert.Equal(999_990UL, OpeningPlace.From([3, 999_990, 999_992, 999_995], 0, 1_000_000));

    [Fact]
    public void Where_all_began_long_ago_each_is_asked_for_by_itself() =>
        Assert.Equal(1_000_001UL, OpeningPlace.From([3, 4, 5], 0, 1_000_000));

    [Fact]
    public void What_an_earlier_session_has_copied_is_not_read_again()
    {
        Assert.Equal(1_000_001UL, OpeningPlace.From(Enumerable.Range(1, 10_000).Select(static need => (ulong)need), 1_000_000, 1_000_000));
        Assert.Equal(900_001UL, OpeningPlace.From(Enumerable.Repeat(5UL, 10_000), 900_000, 1_000_000));
    }

    [Fact]
    public void An_empty_stream_is_read_from_its_start() => Assert.Equal(1UL, OpeningPlace.From([], 0, 0));
}
