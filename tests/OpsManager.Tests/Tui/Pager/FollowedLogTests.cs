using OpsManager.Sources.Local;
using OpsManager.Tui.Pager;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Pager;

/// <summary>Which log is open while logs come and go.</summary>
public sealed class FollowedLogTests
{
    private const string Loop = "checkout-flow";

    private static readonly LoopKey Run = new("/srv/app", Loop);
    private static readonly string Tester = RunLogs.PathOf(Loop, 1, "tester");
    private static readonly string Reviewer = RunLogs.PathOf(Loop, 1, "reviewer");

    [Fact]
    public void The_next_log_is_gone_on_to_while_the_newest_line_is_followed() =>
        Assert.Equal(Reviewer, After(Listed(Tester), Listed(Tester, Reviewer)).Path);

    [Fact]
    public void A_log_that_was_removed_or_is_a_link_now_stays_open_and_is_not_swapped_for_another() =>
        Assert.Equal(Reviewer, After(Listed(Tester, Reviewer), Listed(Tester)).Path);

    private static PagerState After(params LogsListed[] lists) => lists.Aggregate(
        PagerUpdate.OpenLogs(Run), static (state, listed) => PagerUpdate.Take(state, listed, new Watched()).State);

    /// <summary>Each was written a second after the one before.</summary>
    private static LogsListed Listed(params string[] paths) => new(Run, new LoopFileList(
        [
            .. paths.Select(static (path, at) => new LoopFile(
                LoopFileGroup.Loop, path, path, 1, DateTimeOffset.UnixEpoch.AddSeconds(at), null)),
        ],
        0));
}
