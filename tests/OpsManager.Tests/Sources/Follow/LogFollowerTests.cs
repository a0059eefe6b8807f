using System.Text;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Follow;
using Xunit;

namespace OpsManager.Tests.Sources.Follow;

public sealed class LogFollowerTests : IDisposable
{
    private readonly TempRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public void A_log_that_grows_byte_by_byte_gives_each_line_once_and_whole()
    {
        var bytes = Encoding.UTF8.GetBytes(Line("loop_start") + Line("rôle_漢字_😀") + "\n" + "oops é\n" + Line("role_end"));
        var log = new FollowedLog(repo.Files);
        foreach (var at in Enumerable.Range(0, bytes.Length))
        {
            repo.Append(TempRepo.Log, bytes.AsSpan(at, 1));
            log.Look();
        }

        Assert.Equal(["loop_start", "rôle_漢字_😀", "(blank line)", "(invalid line)", "role_end"], log.Names);
        Assert.Equal(5 + 1, log.Said.Count);
        Assert.Empty(log.Breaks);
        Assert.Equal(bytes.Length, log.Log.EndOffset);
        for (var row = 0; row < 5; row++)
        {
            Assert.Equal(row == 4 ? bytes.Length : log.Log[row + 1].Offset, log.Log[row].Offset + log.Log[row].Length + 1);
        }
    }

    [Fact]
    public void A_line_without_its_newline_is_not_there_yet()
    {
        repo.Append(TempRepo.Log, Line("loop_start") + Line("role_start")[..^1]);
        var log = new FollowedLog(repo.Files);
        log.Look();
        Assert.Equal(["loop_start"], log.Names);

        repo.Append(TempRepo.Log, "\n");
        log.Look();
        Assert.Equal(["loop_start", "role_start"], log.Names);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_log_that_could_not_be_opened_at_first_is_no_other_log_later(bool isLarge)
    {
        var lines = isLarge ? 40_000 : 3;
        repo.Append(TempRepo.Log, string.Concat(Enumerable.Repeat(Line("role_start"), lines)));
        var isLocked = true;
        var files = new WatchedFiles(repo.Files)
        {
            BeforeRead = _ =>
            {
                if (isLocked)
                {
                    throw new UnauthorizedAccessException("permission denied");
                }
            },
        };
        var log = new FollowedLog(files);
        log.Look();
        log.Look();
        Assert.Equal("permission denied", log.Said.OfType<EventsUnavailable>().Single().Fault);

        isLocked = false;
        log.LookToTheEnd();

        Assert.Equal(lines, log.Newest!.Count);
        Assert.Empty(log.Breaks);
    }

    [Fact]
    public void A_log_that_cannot_be_read_for_a_moment_is_the_same_log_afterwards()
    {
        repo.Append(TempRepo.Log, Line("loop_start"));
        var isLocked = false;
        var files = new WatchedFiles(repo.Files)
        {
            BeforeRead = _ =>
            {
                if (isLocked)
                {
                    throw new IOException("too many open files");
                }
            },
        };
        var log = new FollowedLog(files);
        log.Look();
        isLocked = true;
        repo.Append(TempRepo.Log, Line("role_start"));
        log.Look();
        isLocked = false;
        log.Look();

        Assert.Equal(["loop_start", "role_start"], log.Names);
        Assert.Empty(log.Breaks);
    }

    [Fact]
    public void A_line_with_a_carriage_return_is_a_line()
    {
        repo.Append(TempRepo.Log, Line("loop_start").Replace("\n", "\r\n", StringComparison.Ordinal));
        var log = new FollowedLog(repo.Files);
        log.Look();

        Assert.Equal(["loop_start"], log.Names);
    }

    [Fact]
    public void Nothing_new_is_said_and_read_of_a_log_that_did_not_change()
    {
        repo.Append(TempRepo.Log, Line("loop_start"));
        var files = new WatchedFiles(repo.Files);
        var log = new FollowedLog(files);
        Assert.Single(log.Look());
        var reads = files.Reads.Count;

        Assert.Empty(log.Look());
        Assert.Equal(reads, files.Reads.Count);
    }

    [Fact]
    public void An_empty_log_is_said_to_be_there()
    {
        repo.Append(TempRepo.Log, "");
        var log = new FollowedLog(repo.Files);

        Assert.Equal(0, Assert.IsType<EventsSeen>(Assert.Single(log.Look())).Count);
    }

    [Fact]
    public void A_cut_log_is_said_to_be_cut_and_read_from_its_start()
    {
        repo.Append(TempRepo.Log, Line("loop_start") + Line("role_start") + Line("role_end"));
        var log = new FollowedLog(repo.Files);
        log.Look();
        var old = log.Log;

        repo.Cut(TempRepo.Log, Encoding.UTF8.GetByteCount(Line("loop_start") + Line("role_start")));
        log.Look();

        Assert.Equal([LogBreakKind.Truncated], log.Breaks);
        Assert.Equal(["loop_start", "role_start"], log.Names);
        Assert.NotSame(old, log.Log);
        Assert.Equal(3, old.Count);
    }

    [Fact]
    public void A_log_cut_to_nothing_is_empty()
    {
        repo.Append(TempRepo.Log, Line("loop_start"));
        var log = new FollowedLog(repo.Files);
        log.Look();

        repo.Cut(TempRepo.Log, 0);
        log.Look();

        Assert.Equal([LogBreakKind.Truncated], log.Breaks);
        Assert.Equal(0, log.Newest!.Count);
    }

    [Fact]
    public void A_log_that_was_cut_and_outgrew_its_old_size_between_two_looks_is_rewritten_and_not_spliced()
    {
        repo.Append(TempRepo.Log, Line("loop_start") + Line("role_start") + Line("role_end"));
        var log = new FollowedLog(repo.Files);
        log.Look();

        repo.Cut(TempRepo.Log, Encoding.UTF8.GetByteCount(Line("loop_start")));
        repo.Append(TempRepo.Log, Line("tests_start") + Line("tests_end") + Line("validation_start") + Line("validation_end"));
        log.Look();

        Assert.Equal([LogBreakKind.Rewritten], log.Breaks);
        Assert.Equal(["loop_start", "tests_start", "tests_end", "validation_start", "validation_end"], log.Names);
    }

    [Fact]
    public void A_log_that_was_cut_in_the_middle_of_a_line_and_went_on_is_not_spliced()
    {
        repo.Append(TempRepo.Log, Line("loop_start") + Line("role_start"));
        var log = new FollowedLog(repo.Files);
        log.Look();

        repo.Cut(TempRepo.Log, Encoding.UTF8.GetByteCount(Line("loop_start")) + 10);
        repo.Append(TempRepo.Log, Line("tests_start") + Line("tests_end"));
        log.Look();

        Assert.Equal(["loop_start", "(invalid line)", "tests_end"], log.Names);
    }

    [Fact]
    public void A_log_replaced_by_rename_is_another_log()
    {
        repo.Append(TempRepo.Log, Line("loop_start"));
        var log = new FollowedLog(repo.Files);
        log.Look();

        // Even the very same text: the lines may be the same, the file is not the one whose position was kept.
        repo.Replace(TempRepo.Log, Line("loop_start") + Line("role_start"));
        log.Look();

        Assert.Equal([LogBreakKind.Rewritten], log.Breaks);
        Assert.Equal(["loop_start", "role_start"], log.Names);
    }

    [Fact]
    public void A_log_rewritten_in_place_with_the_same_size_is_another_log()
    {
        repo.Write(TempRepo.Log, Line("role_start") + Line("loop_start"));
        var log = new FollowedLog(repo.Files);
        log.Look();

        repo.Write(TempRepo.Log, Line("loop_start") + Line("role_start"));
        log.Look();

        Assert.Equal([LogBreakKind.Rewritten], log.Breaks);
        Assert.Equal(["loop_start", "role_start"], log.Names);
    }

    [Fact]
    public void A_touched_log_is_the_same_log()
    {
        repo.Write(TempRepo.Log, Line("loop_start"));
        var log = new FollowedLog(repo.Files);
        log.Look();

        repo.Write(TempRepo.Log, Line("loop_start"));

        Assert.Empty(log.Look());
    }

    [Fact]
    public void A_log_that_is_removed_and_comes_back_is_said_at_each_step()
    {
        repo.Append(TempRepo.Log, Line("loop_start"));
        var log = new FollowedLog(repo.Files);
        log.Look();

        File.Delete(repo.Full(TempRepo.Log));
        Assert.Equal(ArtifactCondition.Missing, Assert.IsType<EventsUnavailable>(Assert.Single(log.Look())).Condition);
        Assert.Empty(log.Look());

        repo.Append(TempRepo.Log, Line("role_start"));
        log.Look();
        Assert.Equal([LogBreakKind.Rewritten], log.Breaks);
        Assert.Equal(["role_start"], log.Names);
    }

    [Fact]
    public void A_directory_in_the_place_of_the_log_cannot_be_read()
    {
        Directory.CreateDirectory(repo.Full(TempRepo.Log));
        var log = new FollowedLog(repo.Files);

        var said = Assert.IsType<EventsUnavailable>(Assert.Single(log.Look()));
        Assert.Equal((ArtifactCondition.Unreadable, "a directory is where a file should be"), (said.Condition, said.Fault));
        Assert.Empty(log.Look());
    }

    [Fact]
    public void A_link_that_goes_in_circles_cannot_be_read()
    {
        File.CreateSymbolicLink(repo.Full(TempRepo.Log), repo.Full(TempRepo.Log));
        var log = new FollowedLog(repo.Files);

        Assert.Equal(ArtifactCondition.Unreadable, Assert.IsType<EventsUnavailable>(Assert.Single(log.Look())).Condition);
    }

    [Fact]
    public void A_pipe_in_the_place_of_the_log_is_not_opened()
    {
        using (var made = System.Diagnostics.Process.Start("mkfifo", repo.Full(TempRepo.Log)))
        {
            made.WaitForExit();
        }

        Assert.Equal(
            ArtifactCondition.Unreadable, Assert.IsType<EventsUnavailable>(Assert.Single(new FollowedLog(repo.Files).Look())).Condition);
    }

    [Fact]
    public void A_line_that_does_not_end_costs_bounded_memory_and_one_invalid_row()
    {
        const int Size = 6 * 1024 * 1024;
        repo.Append(TempRepo.Log, Line("loop_start"));
        var log = new FollowedLog(repo.Files);
        log.Look();
        repo.Append(TempRepo.Log, new string('x', Size));

        // Of this thread: the memory of the process is that of the other tests too.
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        log.LookToTheEnd();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        // What is carried grows by doubling up to the longest line that can be an event, and is let go beyond that.
        Assert.InRange(allocated, 0, 3 * EventRowReader.MaxLineBytes);
        Assert.Equal(["loop_start"], log.Names);

        repo.Append(TempRepo.Log, "\n" + Line("role_start"));
        log.LookToTheEnd();
        Assert.Equal(["loop_start", "(invalid line)", "role_start"], log.Names);
        Assert.Equal(Size, log.Log[1].Length);
    }

    [Fact]
    public void The_longest_line_that_may_be_an_event_is_one_and_a_longer_one_is_not()
    {
        var frame = Line("x", "").Length - 1;
        repo.Append(TempRepo.Log, Line("x", new string('m', EventRowReader.MaxLineBytes - frame))
            + Line("x", new string('m', EventRowReader.MaxLineBytes - frame + 1)));
        var log = new FollowedLog(repo.Files);
        log.LookToTheEnd();

        Assert.Equal(["x", "(invalid line)"], log.Names);
        Assert.Equal(
            [EventRowReader.MaxLineBytes, EventRowReader.MaxLineBytes + 1], Enumerable.Range(0, 2).Select(row => log.Log[row].Length));
    }

    [Fact]
    public void A_large_log_shows_its_end_first_and_is_then_indexed_from_its_start()
    {
        var lines = Enumerable.Range(0, 20_000).Select(static i => Line(i % 7 == 0 ? "iteration_start" : "role_start", $"n{i}")).ToArray();
        repo.Append(TempRepo.Log, string.Concat(lines));
        var log = new FollowedLog(
            repo.Files, new FollowOptions { TailFirstBytes = 64 * 1024, TailBytes = 8 * 1024, SliceBytes = 128 * 1024 });

        log.Look();
        Assert.True(log.HasMore);
        Assert.True(log.Log.IsTail);
        Assert.InRange(log.Newest!.Count, 10, 200);
        Assert.Equal(new FileInfo(repo.Full(TempRepo.Log)).Length, log.Log.EndOffset);
        var tail = log.Log;

        Assert.InRange(log.LookToTheEnd(), 8, 100);
        Assert.Equal(2, log.Said.Count);
        Assert.False(log.Log.IsTail);
        Assert.Equal(EventTally.Empty.Add(LogText.Index(lines.Select(static line => line.TrimEnd('\n'))), 0, lines.Length), log.Tally);

        // The rows of the end stand at the same places in the full index.
        var first = log.Log.RowAt(tail[0].Offset, log.Log.Count);
        for (var row = 0; row < tail.Count; row++)
        {
            Assert.Equal(
                (tail[row].Offset, tail[row].Length, tail[row].Second),
                (log.Log[first + row].Offset, log.Log[first + row].Length, log.Log[first + row].Second));
        }
    }

    [Fact]
    public void A_large_log_that_grows_while_it_is_indexed_ends_with_every_line()
    {
        var lines = Enumerable.Range(0, 5_000).Select(static i => Line("role_start", $"n{i}")).ToArray();
        repo.Append(TempRepo.Log, string.Concat(lines));
        var log = new FollowedLog(
            repo.Files, new FollowOptions { TailFirstBytes = 64 * 1024, TailBytes = 8 * 1024, SliceBytes = 128 * 1024 });
        log.Look();

        repo.Append(TempRepo.Log, Line("loop_stop"));
        log.LookToTheEnd();

        Assert.Equal(5_001, log.Newest!.Count);
        Assert.Equal("loop_stop", log.Tally.End!.Name);
        Assert.Empty(log.Breaks);
    }

    [Fact]
    public void New_lines_of_a_large_log_show_while_it_is_indexed()
    {
        repo.Append(TempRepo.Log, string.Concat(Enumerable.Range(0, 20_000).Select(static i => Line("role_start", $"n{i}"))));
        var log = new FollowedLog(
            repo.Files, new FollowOptions { TailFirstBytes = 64 * 1024, TailBytes = 8 * 1024, SliceBytes = 128 * 1024 });
        log.Look();
        var (tail, before) = (log.Log, log.Newest!.Count);

        Assert.Empty(log.Look());
        repo.Append(TempRepo.Log, Line("role_end") + Line("loop_stop")[..20]);
        log.Look();
        Assert.Same(tail, log.Log);
        Assert.Equal((before + 1, "role_end"), (log.Newest!.Count, log.Names[^1]));

        repo.Append(TempRepo.Log, Line("loop_stop")[20..]);
        log.Look();
        Assert.True(log.HasMore);
        Assert.Equal((before + 2, "loop_stop"), (log.Newest!.Count, log.Names[^1]));

        log.LookToTheEnd();
        Assert.Equal((20_002, "loop_stop"), (log.Newest!.Count, log.Names[^1]));
        Assert.Equal(4, log.Said.Count);
        Assert.Empty(log.Breaks);
    }

    [Fact]
    public void A_large_log_that_is_read_in_one_look_shows_its_end_first()
    {
        repo.Append(TempRepo.Log, string.Concat(Enumerable.Range(0, 2_000).Select(static i => Line("role_start", $"n{i}"))));
        var log = new FollowedLog(repo.Files, new FollowOptions { TailFirstBytes = 64 * 1024, TailBytes = 8 * 1024 });

        log.Look();
        Assert.True(log is { HasMore: true, Log.IsTail: true });
        log.Look();
        Assert.True(log is { HasMore: false, Log.IsTail: false, Newest.Count: 2_000 });
    }

    [Fact]
    public void A_large_log_whose_last_line_never_ends_is_indexed_without_a_tail()
    {
        repo.Append(TempRepo.Log, Line("loop_start") + new string('x', 100 * 1024));
        var log = new FollowedLog(repo.Files, new FollowOptions { TailFirstBytes = 64 * 1024, TailBytes = 8 * 1024 });

        log.Look();

        Assert.Equal(["loop_start"], log.Names);
    }

    [Fact]
    public void A_large_log_that_is_cut_while_it_is_indexed_starts_over()
    {
        repo.Append(TempRepo.Log, string.Concat(Enumerable.Range(0, 5_000).Select(static i => Line("role_start", $"n{i}"))));
        var log = new FollowedLog(
            repo.Files, new FollowOptions { TailFirstBytes = 64 * 1024, TailBytes = 8 * 1024, SliceBytes = 128 * 1024 });
        log.Look();

        repo.Write(TempRepo.Log, Line("loop_start"));
        log.LookToTheEnd();

        Assert.Equal([LogBreakKind.Truncated], log.Breaks);
        Assert.Equal(["loop_start"], log.Names);
        Assert.False(log.Log.IsTail);
    }

    [Fact]
    public void Two_hundred_thousand_lines_in_slices_are_read_once_each_byte()
    {
        const int Lines = 200_000;
        var line = Line("role_end", "m");
        repo.Append(TempRepo.Log, string.Concat(Enumerable.Repeat(line, Lines)));
        var files = new WatchedFiles(repo.Files);
        var log = new FollowedLog(files, new FollowOptions { SliceBytes = 1024 * 1024, TailFirstBytes = long.MaxValue });

        var looks = log.LookToTheEnd();

        Assert.InRange(looks, 10, 40);
        Assert.Equal(Lines, log.Tally.Lines);
        Assert.Equal(0, log.Tally.InvalidLines);
        var (position, again) = (0L, 0L);
        foreach (var read in files.Reads)
        {
            if (read.Offset == position)
            {
                position += read.Read;
            }
            else
            {
                again += read.Read;
            }
        }

        // Besides each byte once, a look reads again only the little that tells whether it is still the same log.
        Assert.Equal((long)line.Length * Lines, position);
        Assert.InRange(again, 0, looks * 256);
    }

    [Fact]
    public void A_log_that_vanishes_between_the_look_at_it_and_the_reading_is_missing()
    {
        repo.Append(TempRepo.Log, Line("loop_start"));
        var files = new WatchedFiles(repo.Files) { BeforeRead = path => File.Delete(repo.Full(path)) };
        var log = new FollowedLog(files);

        Assert.Equal(ArtifactCondition.Missing, Assert.IsType<EventsUnavailable>(Assert.Single(log.Look())).Condition);
    }

    [Fact]
    public void A_log_that_may_not_be_read_is_unreadable_with_the_reason()
    {
        repo.Append(TempRepo.Log, Line("loop_start"));
        var files = new WatchedFiles(repo.Files) { BeforeRead = static _ => throw new UnauthorizedAccessException("no permission") };

        var said = Assert.IsType<EventsUnavailable>(Assert.Single(new FollowedLog(files).Look()));
        Assert.Equal((ArtifactCondition.Unreadable, "no permission"), (said.Condition, said.Fault));
    }

    private static string Line(string name, string message = "é") =>
        $$"""{"timestamp":"{{RuntimeText.Time(1)}}","event":"{{name}}","run_id":"r","iteration":1,"message":"{{message}}"}""" + "\n";

    [Fact]
    public void A_log_whose_end_is_one_long_line_is_said_to_be_unfinished_until_it_is_indexed()
    {
        repo.Append(TempRepo.Log, string.Concat(Enumerable.Repeat(RuntimeText.Event("role_start"), 2000))
            + RuntimeText.Event("role_end", message: new string('x', 20_000)));
        var log = new FollowedLog(
            repo.Files, new FollowOptions { TailFirstBytes = 64 * 1024, TailBytes = 8 * 1024, SliceBytes = 128 * 1024 });

        var looks = log.LookToTheEnd();

        Assert.True(looks > 2);
        Assert.All(log.Said.OfType<EventsSeen>().SkipLast(1), static seen => Assert.True(seen.HasMore || seen.Log.IsTail));
        Assert.Equal((2001, false), (log.Newest!.Count, log.Newest.HasMore));
    }
}
