using System.IO.Abstractions;
using System.IO.Abstractions.TestingHelpers;
using OpsManager.Session;
using OpsManager.Tui.Shell;
using Xunit;

namespace OpsManager.Tests.Session;

public sealed class SessionStoreTests
{
    private static readonly SessionState Kept = new()
    {
        Pane = "Timeline",
        Filter = "status:error",
        Theme = "light",
        Repo = "/srv/a",
        Loop = "checkout-flow"
    };

    [Fact]
    public void A_session_is_kept_and_found_again_on_a_real_disk()
    {
        using var folder = new TempRepo();
        new SessionStore(new FileSystem(), folder.Root, ["/srv/a"]).Save(Kept);

        Assert.Equal(Kept, new SessionStore(new FileSystem(), folder.Root, ["/srv/a"]).Load());
    }

    [Fact]
    public void Each_set_of_repositories_has_its_own_in_whatever_order_they_are_named()
    {
        var files = new MockFileSystem();
        new SessionStore(files, "/state", ["/srv/a", "/srv/b"]).Save(Kept);

        Assert.Equal(Kept, new SessionStore(files, "/state", ["/srv/b", "/srv/a"]).Load());
        Assert.Null(new SessionStore(files, "/state", ["/srv/a"]).Load());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"pane\": 7}")]
    [InlineData("[1,2")]
    [InlineData("null")]
    public void A_file_that_is_no_session_is_no_session(string text)
    {
        var files = new MockFileSystem();
        var store = new SessionStore(files, "/state", ["/srv/a"]);
        files.AddFile(store.Path, new MockFileData(text));

        Assert.Null(store.Load());
    }

    [Fact]
    public void A_place_that_cannot_be_written_does_not_break_the_end()
    {
        var files = new MockFileSystem();
        files.AddFile("/state/sessions", new MockFileData("a file where a directory should be"));

        new SessionStore(files, "/state", ["/srv/a"]).Save(Kept);

        Assert.Equal("a file where a directory should be", files.File.ReadAllText("/state/sessions"));
    }

    [Theory]
    [InlineData("/x/state", "/home/me", "/x/state/ops-manager")]
    [InlineData("relative", "/home/me", "/home/me/.local/state/ops-manager")]
    [InlineData(null, "/home/me", "/home/me/.local/state/ops-manager")]
    [InlineData("", null, null)]
    public void The_place_follows_the_environment(string? state, string? home, string? expected) =>
        Assert.Equal(
            expected, StateFolder.Find(new MockFileSystem(), name => name == "XDG_STATE_HOME" ? state : name == "HOME" ? home : null));
}
