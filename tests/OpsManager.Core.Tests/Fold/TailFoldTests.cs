using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Fold;

public sealed class TailFoldTests
{
    [Fact]
    public void The_end_of_a_large_log_counts_no_line_towards_the_cursor()
    {
        var repo = new WatchedRepo();
        var tail = new EventLog(isTail: true);
        tail.Add(EventRowReader.Read("""{"timestamp":"2026-11-22T19:00:01Z","event":"loop_stop"}"""u8, 1000, tail.Words), 1058);
        repo.Fold(new EventsSeen(repo.Now, WatchedRepo.Path, Loop, tail, 1, new FileStamp(1058, repo.Now)));

        Assert.Equal(("loop_stop", 0), (repo.Loop.Tally.Newest!.Name, repo.Loop.KeptOffset));
        Assert.False(repo.Loop.Projected.Flags.CursorRegression);

        var full = LogText.Index(Event("loop_start").TrimEnd(), Event("loop_stop", 1).TrimEnd());
        repo.Fold(new EventsSeen(repo.Now, WatchedRepo.Path, Loop, full, 2, new FileStamp(1058, repo.Now)));

        Assert.Equal((2, 2), (repo.Loop.Tally.Lines, repo.Loop.KeptOffset));
        Assert.Equal("loop_start", repo.Loop.Tally.RunStart!.Name);
    }
}
