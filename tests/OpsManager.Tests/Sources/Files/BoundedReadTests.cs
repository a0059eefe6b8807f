using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Tests.Sources.Files;

public sealed class BoundedReadTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 10)]
    [InlineData(10, 3)]
    [InlineData(3, 10)]
    [InlineData(100_000, 0)]
    [InlineData(100_000, 99_999)]
    public void A_file_is_read_whole_whatever_size_was_expected(int size, int expected)
    {
        var repo = new WatchedRepo().Put("a", [.. Enumerable.Range(0, size).Select(static i => (byte)i)]);

        Assert.Equal(Enumerable.Range(0, size).Select(static i => (byte)i), BoundedRead.Whole(repo.Files, "a", expected)!);
    }

    [Fact]
    public void A_file_at_the_limit_is_read_and_a_larger_one_is_not()
    {
        var repo = new WatchedRepo()
            .Put("at", new byte[BoundedRead.MaxArtifactBytes])
            .Put("above", new byte[BoundedRead.MaxArtifactBytes + 1]);

        Assert.Equal(BoundedRead.MaxArtifactBytes, BoundedRead.Whole(repo.Files, "at", BoundedRead.MaxArtifactBytes)!.Length);
        Assert.Null(BoundedRead.Whole(repo.Files, "above", BoundedRead.MaxArtifactBytes + 1));
        Assert.Null(BoundedRead.Whole(repo.Files, "above", 10));
    }
}
