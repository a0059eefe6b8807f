using System.IO.Abstractions.TestingHelpers;
using OpsManager.Contract;
using OpsManager.Sources.Local;
using Xunit;

namespace OpsManager.Tests.Sources.Local;

public sealed class RepoFinderTests
{
    private readonly RepoFinder finder;

    public RepoFinderTests()
    {
        var files = new MockFileSystem();
        files.AddDirectory("/srv/app/.superloop/loops/a");
        files.AddDirectory("/srv/app/stray/.superloop");
        files.AddDirectory("/home/stray/.superloop");
        files.AddDirectory("/home/emptied/.superloop/loops");
        files.AddDirectory("/home/stray/work");
        files.AddFile("/srv/vanished/.superloop/active-run.json", new MockFileData("{}"));
        files.AddDirectory("/srv/app/src/deep/down");
        files.AddDirectory("/srv/app/vendor/inner/.superloop/loops/b");
        files.AddDirectory("/home/me");
        files.AddFile("/srv/plain/.superloop", new MockFileData("a file"));
        finder = new RepoFinder(files);
    }

    [Theory]
    [InlineData("/srv/app", "/srv/app")]
    [InlineData("/srv/app/src/deep/down", "/srv/app")]
    [InlineData("/srv/app/vendor/inner/x/y", "/srv/app/vendor/inner")]
    [InlineData("/srv/app/src/../src", "/srv/app")]
    [InlineData("/srv/app/stray", "/srv/app")]
    [InlineData("/home/stray/work", "/home/stray")]
    [InlineData("/home/me", null)]
    [InlineData("/", null)]
    [InlineData("/srv/plain", null)]
    public void The_nearest_repository_upward_is_found(string start, string? expected) => Assert.Equal(expected, finder.FindUpward(start));

    [Theory]
    [InlineData("/home/stray/work", null)]
    [InlineData("/home/emptied", null)]
    [InlineData("/srv/app/stray", "/srv/app")]
    [InlineData("/srv/vanished", "/srv/vanished")]
    public void A_superloop_directory_in_which_no_loop_has_run_is_nothing_to_watch(string start, string? expected) =>
        Assert.Equal(expected, finder.FindInUse(start));

    [Theory]
    [InlineData("/srv/app")]
    [InlineData("/home/stray")]
    [InlineData("/srv/app/")]
    [InlineData("/srv/app/src/..")]
    public void A_named_repository_is_found_by_its_full_path(string path) =>
        Assert.Equal(path.StartsWith("/home", StringComparison.Ordinal) ? path : "/srv/app", finder.Named(path));

    [Theory]
    [InlineData("/home/me")]
    [InlineData("/nowhere")]
    [InlineData("/srv/app/src")]
    public void A_named_directory_that_is_no_repository_is_refused_with_what_is_missing(string path)
    {
        var fault = Assert.Throws<ContractException>(() => finder.Named(path));

        Assert.StartsWith($"required artifact missing: {path}/.superloop", fault.Message, StringComparison.Ordinal);
        Assert.Equal(FailureCodes.SnapshotUnavailable, fault.Code);
    }
}
