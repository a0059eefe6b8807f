using System.Reactive.Concurrency;
using OpsManager.Contract;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Replay;

/// <summary>Playing, pausing, stepping and jumping, by a clock of its own.</summary>
public sealed class ReplayPlayerTests : IDisposable
{
    private static readonly ReplayOptions Paused = new() { IsPlaying = false };

    private readonly HistoricalScheduler time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly List<ReplayFrame> frames = [];
    private readonly List<IDisposable> open = [];
    private ReplayPlayer? player;

    private ReplayFrame Shown => frames[^1];

    private ReplayState State => Shown.State;

    [Fact]
    public void It_plays_by_the_clock()
    {
        Play("completes", new ReplayOptions { Idle = TimeSpan.Zero });
        Pass(10);

        Assert.True(State.IsPlaying);
        Assert.InRange(State.At.TotalSeconds, 9.9, 10.1);
        Assert.Equal(State.Now, Shown.Fleet.Repos["completes"].Now);
    }

    [Theory]
    [InlineData(4, 40)]
    [InlineData(0.25, 2.5)]
    public void At_the_speed_that_was_set(double speed, double reached)
    {
        Play("long-run", new ReplayOptions { Idle = TimeSpan.Zero, Speed = speed });
        Pass(10);

        Assert.InRange(State.At.TotalSeconds, reached - 0.3, reached + 0.3);
    }

    [Fact]
    public void Idle_time_is_skipped_in_two_seconds_and_says_so()
    {
        // Twenty minutes in which nothing is written.
        Play("rate-limit-wait", new ReplayOptions());
        var skipped = false;
        for (var passed = 0; passed < 3000 && State.IsPlaying; passed++)
        {
            Pass(0.1);
            skipped |= State.IsSkipping;
        }

        Assert.True(skipped);
        Assert.Equal(State.Length, State.At);
        Assert.True(State.Length > TimeSpan.FromMinutes(20));
        Assert.True(time.Now - new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero) < TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void It_stops_at_the_end_and_plays_again_from_the_start()
    {
        Play("role-fails", new ReplayOptions());
        Pass(300);

        Assert.False(State.IsPlaying);
        Assert.Equal((State.Length, State.Changes), (State.At, State.Change));

        player!.Do(new ReplayCommand.PlayOrPause());
        Pass(0.01);

        Assert.True(State.IsPlaying);
        Assert.True(State.At < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_step_is_one_recorded_change_and_pauses()
    {
        Play("role-fails", new ReplayOptions());
        Pass(1);
        var before = State.Change;

        Do(new ReplayCommand.Step(1));
        Assert.Equal((before + 1, false), (State.Change, State.IsPlaying));

        Do(new ReplayCommand.Step(-1));
        Assert.Equal(before, State.Change);
    }

    [Fact]
    public void Steps_back_show_the_same_models_as_steps_forward()
    {
        Play("approval-approved", Paused);
        var forward = new Dictionary<int, string>();
        while (State.Change < State.Changes || !State.IsReadWhole)
        {
            Do(new ReplayCommand.Step(1));
            forward[State.Change] = ModelText.From(Shown.Fleet);
        }

        for (var change = State.Changes - 1; change > 1; change--)
        {
            Do(new ReplayCommand.Step(-1));
            Assert.Equal(change, State.Change);
            Assert.Equal(forward[change], ModelText.From(Shown.Fleet));
        }
    }

    [Fact]
    public void Jumps_go_to_problems_and_changes_of_state_and_back()
    {
        Play("role-fails", Paused);
        var seen = new List<Lifecycle>();
        for (var jump = 0; jump < 10; jump++)
        {
            Do(new ReplayCommand.ToProblem(1));
            seen.Add(Shown.Fleet.Loops.First().Verdict.Lifecycle);
        }

        Assert.Equal(Lifecycle.Failed, seen[^1]);
        Assert.Contains(Lifecycle.Running, seen);
        var failedAt = State.At;

        Do(new ReplayCommand.ToProblem(-1));
        Assert.True(State.At < failedAt);
        Assert.NotEqual(Lifecycle.Failed, Shown.Fleet.Loops.First().Verdict.Lifecycle);
    }

    [Fact]
    public void Jumps_go_to_the_starts_of_iterations()
    {
        Play("long-run", Paused);
        var iterations = new List<long?>();
        for (var jump = 0; jump < 3; jump++)
        {
            Do(new ReplayCommand.ToIteration(1));
            iterations.Add(Shown.Fleet.Loops.First().Tally.IterationStart?.Iteration);
        }

        Do(new ReplayCommand.ToIteration(-1));
        iterations.Add(Shown.Fleet.Loops.First().Tally.IterationStart?.Iteration);

        Assert.Equal([1, 2, 3, 2], iterations);
    }

    [Fact]
    public void A_moment_outside_of_the_recording_is_its_start_or_its_end()
    {
        Play("completes", Paused);

        Do(new ReplayCommand.ToTime(TimeSpan.FromHours(1)));
        Assert.Equal(State.Length, State.At);

        Do(new ReplayCommand.ToTime(TimeSpan.FromHours(-1)));
        Assert.Equal(TimeSpan.Zero, State.At);

        Do(new ReplayCommand.ToEnd());
        Assert.Equal((State.Length, State.Changes), (State.At, State.Change));

        Do(new ReplayCommand.ToStart());
        Assert.Equal(TimeSpan.Zero, State.At);
    }

    [Fact]
    public void A_moment_that_was_not_read_yet_is_shown_when_it_has_been()
    {
        Play("long-run", Paused, reads: false);

        player!.Do(new ReplayCommand.ToEnd());
        Pass(0.2);

        Assert.True(State.IsReadWhole);
        Assert.Equal(State.Length, State.At);
        Assert.NotNull(State.End);
    }

    [Fact]
    public void The_speed_stays_between_a_quarter_and_a_thousand()
    {
        Play("completes", Paused);
        for (var press = 0; press < 20; press++)
        {
            Do(new ReplayCommand.ChangeSpeed(1));
        }

        Assert.Equal(1000, State.Speed);
        for (var press = 0; press < 20; press++)
        {
            Do(new ReplayCommand.ChangeSpeed(-1));
        }

        Assert.Equal(0.25, State.Speed);
    }

    [Fact]
    public void A_tour_goes_through_all_recordings_until_a_key_takes_over()
    {
        Play(["role-fails", "completes"], new ReplayOptions { IsTour = true });
        for (var passed = 0; passed < 3000 && State.Index == 0; passed++)
        {
            Pass(0.1);
        }

        Assert.Equal((1, true), (State.Index, State.IsTour));
        Do(new ReplayCommand.PlayOrPause());
        Pass(1000);

        Assert.Equal((1, false, false), (State.Index, State.IsTour, State.IsPlaying));
    }

    [Fact]
    public void A_tour_ends_when_somebody_reads_and_not_when_the_stream_is_switched()
    {
        Play(["role-fails", "completes"], new ReplayOptions { IsTour = true });

        Do(new ReplayCommand.SwitchStream(true));
        Assert.True(State.IsTour);
        Assert.True(Shown.Fleet.SnapshotOnly);

        Do(new ReplayCommand.TakeOver());
        Assert.Equal((false, true), (State.IsTour, State.IsPlaying));
    }

    [Fact]
    public void The_speed_may_be_changed_while_a_moment_is_still_to_be_read()
    {
        Play("long-run", Paused, reads: false);

        player!.Do(new ReplayCommand.ToEnd());
        player.Do(new ReplayCommand.ChangeSpeed(1));
        Pass(0.2);

        Assert.Equal((State.Length, 2), (State.At, State.Speed));
    }

    [Fact]
    public void A_recording_that_cannot_be_read_says_why_and_the_others_open()
    {
        RecordingEntry broken = new(
            new RecordingInfo("broken", "?"), static () => throw new ContractException("tape_invalid", "line 3: no"));
        Play([broken, Entry("completes")], Paused);

        Assert.Equal("line 3: no", State.Fault);
        Assert.Empty(Shown.Fleet.Repos);

        Do(new ReplayCommand.Open(1));
        Assert.Null(State.Fault);
        Assert.NotEmpty(Shown.Fleet.Repos);
    }

    [Fact]
    public void Files_are_those_of_the_moment_that_is_shown()
    {
        Play("role-fails", Paused);
        Do(new ReplayCommand.ToEnd());
        var end = player!.Sources[0].Files.Probe(".superloop/loops").Condition;
        Do(new ReplayCommand.ToStart());
        var files = player.Sources[0].Files.Directories(".superloop/loops").Sum(
            loop => player.Sources[0].Files.Probe($".superloop/loops/{loop}/events.jsonl").Stamp.Size);
        Do(new ReplayCommand.ToEnd());
        var later = player.Sources[0].Files.Directories(".superloop/loops").Sum(
            loop => player.Sources[0].Files.Probe($".superloop/loops/{loop}/events.jsonl").Stamp.Size);

        Assert.True(files < later, $"{end}: {files} bytes at the start, {later} at the end");
    }

    public void Dispose()
    {
        open.ForEach(static one => one.Dispose());
        player?.Dispose();
    }

    private static RecordingEntry Entry(string name) => new(new RecordingInfo(name, name), () => SampleTape.Read(name));

    private void Play(string name, ReplayOptions options, bool reads = true) => Play([Entry(name)], options, reads);

    private void Play(string[] names, ReplayOptions options) => Play([.. names.Select(Entry)], options);

    private void Play(RecordingEntry[] entries, ReplayOptions options, bool reads = true)
    {
        player = new ReplayPlayer(entries, options);
        open.Add(player.Observe(time).Subscribe(frames.Add));
        if (reads)
        {
            Pass(0.01);
        }
        else
        {
            // The recording is opened, and nothing more.
            time.AdvanceBy(TimeSpan.Zero);
        }
    }

    private void Pass(double seconds) => time.AdvanceBy(TimeSpan.FromSeconds(seconds));

    private void Do(ReplayCommand command)
    {
        player!.Do(command);
        Pass(0.001);
    }
}
