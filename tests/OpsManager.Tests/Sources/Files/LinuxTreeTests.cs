using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Tests.Sources.Files;

/// <summary>By the kernel in one call, and step by step.</summary>
public sealed class LinuxTreeTests : IDisposable
{
    private static readonly int Look = LinuxFiles.PathOnly | LinuxFiles.NoFollow | LinuxFiles.CloseOnExec;

    private readonly TempRepo repo = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_below_the_repository_is_opened(bool stepwise)
    {
        repo.Write(TempRepo.Log, "text\n");
        var opened = Tree(stepwise).Open(TempRepo.Log, Look);
        Assert.True(opened >= 0);
        LinuxFiles.CloseNow(opened);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_not_there_is_the_kernels_error_and_no_file_found(bool stepwise)
    {
        var tree = Tree(stepwise);
        Assert.Equal(-LinuxFiles.NoEntry, tree.Open("nothing/here", Look));
        Assert.Null(tree.LinkOn("nothing/here"));
        Assert.IsType<FileNotFoundException>(tree.Fault("nothing/here", LinuxFiles.NoEntry));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_link_on_the_way_is_not_followed_and_is_named(bool stepwise)
    {
        Directory.CreateSymbolicLink(repo.Full("away"), "/");
        var tree = Tree(stepwise);
        var opened = tree.Open("away/etc", Look);
        Assert.True(opened < 0);
        Assert.Equal("away", tree.LinkOn("away/etc"));
        var error = Assert.IsType<PathRefusedException>(tree.Fault("away/etc", -opened));
        Assert.Contains("away is a symbolic link", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_link_that_is_allowed_is_where_opening_begins(bool stepwise)
    {
        using var other = new TempRepo();
        Directory.CreateSymbolicLink(repo.Full("allowed"), other.Root);
        var tree = new LinuxTree(repo.Root, "allowed", stepwise);
        var opened = tree.Open("allowed/.superloop", Look);
        Assert.True(opened >= 0);
        LinuxFiles.CloseNow(opened);
        Assert.Null(tree.LinkOn("allowed/.superloop"));
    }

    [Fact]
    public void The_directory_of_a_file_that_is_to_be_written_is_made()
    {
        var opened = Tree().OpenParent("a/b/file");
        LinuxFiles.CloseNow(opened);
        Assert.True(Directory.Exists(repo.Full("a/b")));
    }

    [Fact]
    public void Where_something_else_is_in_its_place_the_error_says_so()
    {
        repo.Write("a", "a file");
        var error = Assert.Throws<IOException>(() => Tree().OpenParent("a/file"));
        Assert.Contains("something else is where its directory should be", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_not_made_unless_that_is_asked_for()
    {
        Assert.Equal(-LinuxFiles.NoEntry, Tree().OpenDirectory("a/b", create: false));
        Assert.False(Directory.Exists(repo.Full("a")));
    }

    public void Dispose() => repo.Dispose();

    private LinuxTree Tree(bool stepwise = false) => new(repo.Root, null, stepwise);
}
