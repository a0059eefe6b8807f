using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Fold;

public sealed class LoopFoldTests
{
    private static readonly DateTimeOffset At = WatchedRepo.Start;

    private readonly LoopModel loop = new(WatchedRepo.Path, Loop);

    [Fact]
    public void Events_are_counted_once_however_often_the_log_is_seen()
    {
        var log = LogText.Index(Event("loop_start").TrimEnd(), Event("loop_stop", 1).TrimEnd());
        var once = LoopFold.Apply(loop, Seen(log, 1));
        var twice = LoopFold.Apply(LoopFold.Apply(once, Seen(log, 2)), Seen(log, 2));

        Assert.Equal((1, "loop_start"), (once.Tally.Lines, once.Tally.Newest!.Name));
        Assert.Equal((2, "loop_stop", 2), (twice.Tally.Lines, twice.Tally.Newest!.Name, twice.KeptOffset));
    }

    [Fact]
    public void Another_log_is_counted_from_its_start()
    {
        var before = LoopFold.Apply(loop, Seen(LogText.Index(Event("loop_start").TrimEnd(), Event("loop_stop", 1).TrimEnd()), 2));
        var after = LoopFold.Apply(before, Seen(LogText.Index(Event("iteration_start").TrimEnd()), 1));

        Assert.Equal((1, "iteration_start"), (after.Tally.Lines, after.Tally.Newest!.Name));
    }

    [Fact]
    public void Seeing_a_loop_judges_nothing()
    {
        var seen = LoopFold.Apply(loop, Seen(LogText.Index(Event("loop_stop").TrimEnd()), 1));

        Assert.Same(loop.Verdict, seen.Verdict);
        Assert.Same(loop.Projected, seen.Projected);
    }

    [Fact]
    public void A_directory_that_is_there_again_is_read_anew_and_its_lines_stay_counted()
    {
        var read = LoopFold.Apply(loop, Seen(LogText.Index(Event("loop_start").TrimEnd()), 1));
        var gone = LoopFold.Apply(read, new LoopVanished(At, WatchedRepo.Path, Loop) { IsHeld = true });
        var back = LoopFold.Apply(gone, new LoopAppeared(At, WatchedRepo.Path, Loop));

        Assert.Equal((false, At), (gone.Exists, gone.VanishedAt));
        Assert.Equal((true, null, 0, 1), (back.Exists, back.VanishedAt, back.Tally.Lines, back.KeptOffset));
    }

    [Fact]
    public void Of_the_times_that_a_log_broke_only_the_newest_are_remembered()
    {
        var broken = loop;
        for (var count = 0; count < LoopModel.MaxBreaks + 5; count++)
        {
            broken = LoopFold.Apply(broken, new LogBroke(At, WatchedRepo.Path, Loop, LogBreakKind.Truncated, $"{count}"));
        }

        Assert.Equal(LoopModel.MaxBreaks, broken.Breaks.Count);
        Assert.Equal("5", broken.Breaks[0].Fact);
    }

    [Fact]
    public void A_stream_that_is_switched_off_is_withheld_and_counted_again_when_it_is_back()
    {
        var repo = new RepoModel(WatchedRepo.Path);
        var read = LoopFold.Apply(loop, Seen(LogText.Index(Event("loop_start").TrimEnd()), 1));
        var off = LoopFold.Streamed(repo with { SnapshotOnly = true }, read);
        var on = LoopFold.Streamed(repo, off);

        Assert.Equal((0, 1), (off.Tally.Lines, off.Withheld!.Count));
        Assert.Equal(1, on.Tally.Lines);
        Assert.Null(on.Withheld);
        Assert.Same(read, LoopFold.Streamed(repo, read));
    }

    private static EventsSeen Seen(EventLog log, int count) => new(At, WatchedRepo.Path, Loop, log, count, new FileStamp(100, At));
}
