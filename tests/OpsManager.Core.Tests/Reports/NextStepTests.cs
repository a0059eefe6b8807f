using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Sprite;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Reports;

/// <summary>For every state that waits for a person: what they do next, and by which command.</summary>
public sealed class NextStepTests
{
    private const string Run = $"superloop.sh run --repo {WatchedRepo.Path} --loop {Loop}";

    private readonly WatchedRepo repo = new();

    private NextStep Step => For(repo.Repo);

    [Theory]
    [InlineData("complete", "Nothing to do: the run is complete.", null)]
    [InlineData("failed", "Read its last events, or its log ({show-log}) if there is one, then run it again:", Run)]
    [InlineData("stopped", "Run it again to continue:", Run)]
    [InlineData("cancelled", "Run it again to continue:", Run)]
    [InlineData("running", "Nothing to do while it is running; {cancel-run} cancels it.", null)]
    [InlineData("waiting", "Read what was asked in the tab Approval; then {approve-run} approves or {reject-run} rejects.", null)]
    [InlineData("approved", "Run the loop, which consumes the approval and completes:", Run)]
    [InlineData("rejected", "Run the loop, which acts on the rejection and goes on:", Run)]
    [InlineData("idle", "Run it again when there is more to do:", Run)]
    [InlineData("limited", "A rate limit stopped it until 2026-11-22 20:00:00Z, for 60 min more. Then run it again:", Run)]
    [InlineData("limited-seconds", "A rate limit stopped it until 2026-11-22 19:01:32Z, for 90 s more. Then run it again:", Run)]
    [InlineData("limited-over", "The rate limit that stopped it ended at 2026-11-22 19:00:02Z. Run it again:", Run)]
    [InlineData("limited-unknown", "A rate limit stopped it. Run it again when the limit has been reset:", Run)]
    [InlineData("never", "Start its first run:", Run)]
    [InlineData("unknown", "Find out whether it is running: the evidence is below.", null)]
    public void Each_state_has_a_next_step(string state, string text, string? command)
    {
        Make(state);

        Assert.Equal((text, command), (Step.Text, Step.Command));
    }

    [Fact]
    public void A_process_that_a_signal_has_stopped_is_let_go_on()
    {
        Make("running");
        var claim = repo.Loop.Claim!;
        var paused = repo.Loop with
        {
            Claim = claim with { Fate = claim.Fate! with { State = ProcessState.Stopped } },
            Verdict = repo.Loop.Verdict with { Ruling = repo.Loop.Verdict.Ruling with { IsPaused = true } },
        };

        Assert.Equal($"kill -CONT {WatchedRepo.Pid}", For(repo.Repo, paused).Command);
    }

    [Fact]
    public void Where_nothing_can_be_sent_from_here_the_command_is_told_in_place_of_the_keys()
    {
        Make("waiting");

        var step = NextStep.For(repo.Repo, repo.Loop, new(repo.Now, CanSend: false));

        Assert.DoesNotContain("{", step.Text, StringComparison.Ordinal);
        Assert.Equal($"superloop.sh approve --repo {WatchedRepo.Path} --loop {Loop} --by NAME", step.Command);
    }

    [Fact]
    public void A_loop_that_is_rolled_back_is_armed_again_before_anything_else()
    {
        Make("failed");
        var record = new RolloutRecord
        {
            Stage = RolloutStage.Passive,
            ChangedAt = repo.Now,
            ChangedBy = "ops-manager",
            Reason = "rolled back",
            Rollback = new RollbackRecord
            {
                Cause = "cursor_regression",
                Why = "cut",
                At = repo.Now,
                Incident = "note",
                LastGoodCursor = 1,
                StageBefore = RolloutStage.Assisted,
            },
        };
        repo.Fold(new RolloutSeen(repo.Now, WatchedRepo.Path, Loop, new(ArtifactCondition.Present, record, null, null)));

        Assert.Equal(["show-incident", "rearm"], Step.Actions);
        Assert.Null(Step.Command);
    }

    [Fact]
    public void A_control_that_was_not_confirmed_is_acknowledged_before_anything_else()
    {
        Make("waiting");
        var line = $$"""
            {"timestamp":"{{Time(1)}}","phase":"finished","loopId":"{{Loop}}","idempotencyKey":"k1","intent":"approve","outcome":"unknown"}
            """;
        repo.Fold(new ControlRowsSeen(repo.Now, WatchedRepo.Path, Loop, new RowReading<ControlRow>(ArtifactCondition.Present)
        {
            StartsOver = true,
            Rows = [ControlRow.Parse(System.Text.Encoding.UTF8.GetBytes(line.Trim())).Value!],
            Count = 1,
        }));

        Assert.Equal("The approval was not confirmed. Read why in the tab Control; then {acknowledge} acknowledges it.", Step.Text);
        Assert.Equal(["acknowledge"], Step.Actions);
    }

    [Fact]
    public void What_comes_from_files_is_quoted_for_a_shell()
    {
        Make("failed");
        var found = CommandSearch.Found(new RuntimeCommand("/opt/super loop/run's.sh", "--superloop-bin"));

        var odd = For(repo.Repo with { Path = "/srv/a b", Command = found }, repo.Loop with { Repo = "/srv/a b" });

        Assert.Equal($"'/opt/super loop/run'\\''s.sh' run --repo '/srv/a b' --loop {Loop}", odd.Command);
    }

    [Theory]
    [InlineData("/usr/bin/superloop", RuntimeCommand.OnPath, "superloop")]
    [InlineData("/srv/app/superloop.sh", "the repository's superloop.sh", "/srv/app/superloop.sh")]
    public void The_command_is_the_one_that_was_found(string file, string by, string typed)
    {
        Make("failed");
        var found = repo.Repo with { Command = CommandSearch.Found(new RuntimeCommand(file, by)) };

        Assert.Equal($"{typed} run --repo {WatchedRepo.Path} --loop {Loop}", For(found, repo.Loop).Command);
    }

    [Fact]
    public void In_a_recording_no_command_is_told()
    {
        Make("failed");

        var recorded = For(repo.Repo with { Replay = "a tape" });
        Assert.Equal("Read its last events, or its log ({show-log}) where the recording has it.", recorded.Text);
        Assert.Null(recorded.Command);
    }

    [Fact]
    public void On_a_sprite_the_command_says_where_and_has_the_path_over_there()
    {
        Make("failed");
        var remote = repo.Repo with { Sprite = Sprite(ConnectionMode.Service) with { RepoPath = "/home/sprite/app" } };

        Assert.Equal(
            ("Read its last events, or its log ({show-log}) if there is one, then run it again on sprite billing:",
                $"superloop.sh run --repo /home/sprite/app --loop {Loop}"),
            (For(remote).Text, For(remote).Command));
    }

    [Theory]
    [InlineData(8.0, "It is unreachable. Next try in 8 s; {wake} tries now.")]
    [InlineData(7.2, "It is unreachable. Next try in 8 s; {wake} tries now.")]
    [InlineData(-1.0, "It is unreachable: {wake} tries now.")]
    [InlineData(null, "It is unreachable: {wake} tries now.")]
    public void An_unreachable_sprite_says_when_it_is_tried_again(double? seconds, string text)
    {
        Make("failed");
        var lost = Sprite(ConnectionMode.LastKnown) with
        {
            Fault = "refused",
            NextTryAt = seconds is { } wait ? repo.Now.AddSeconds(wait) : null,
        };

        Assert.Equal(text, For(repo.Repo with { Sprite = lost }).Text);
    }

    [Fact]
    public void A_sprite_that_sleeps_is_woken_and_a_source_that_was_not_read_is_waited_for()
    {
        Make("failed");
        var asleep = Sprite(ConnectionMode.Service) with { AsleepSince = repo.Now };

        Assert.Equal("It is asleep: {wake} wakes it.", For(repo.Repo with { Sprite = asleep }).Text);
        Assert.Equal("Wait: it was not read yet.", Of(new RepoModel("/srv/new")).Text);
        Assert.Equal("Wait: it was not read yet.", For(repo.Repo with { Sprite = Sprite(ConnectionMode.Unknown) }).Text);
    }

    [Fact]
    public void A_repository_that_cannot_be_read_is_repaired()
    {
        Make("failed");

        Assert.StartsWith(
            "Repair what the error says.", For(repo.Repo with { Failure = (repo.Now, "denied") }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_loops_the_first_one_is_started()
    {
        repo.State(State(false)).LookAtAll();
        var empty = repo.Repo with { Loops = repo.Repo.Loops.Clear() };

        Assert.Equal(
            ("No loops yet. Start one:", $"superloop.sh run --repo {WatchedRepo.Path} --loop NAME"), (Of(empty).Text, Of(empty).Command));
    }

    private NextStep Of(RepoModel source) => NextStep.For(source, SourceStanding.From(source), repo.Now);

    private NextStep For(RepoModel source, LoopModel? loop = null) =>
        NextStep.For(source, loop ?? repo.Loop, new(repo.Now, CanSend: true));

    private static SpriteState Sprite(ConnectionMode mode) => new() { Name = "billing", ConnectionMode = mode };

    private void Make(string state)
    {
        if (state == "unknown")
        {
            repo.State(State(true)).ActiveRun(ActiveRun(1, loop: "other")).Events(Event("loop_start"), Event("iteration_start")).Look();
            return;
        }

        repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true)
            .Events(Event("loop_start"), Event("iteration_start"));
        if (state == "never")
        {
            repo.Remove(ArtifactPaths.ActiveRun).State(State(false)).Remove(ArtifactPaths.Events(Loop)).Heartbeat(Heartbeat(0));
            repo.Look();
            return;
        }

        repo.Look();
        repo.Wait(2);
        _ = state switch
        {
            "complete" => Ended().Events(Event("loop_complete", 2)),
            "failed" => repo.Process(alive: false),
            "stopped" => Ended().Events(Event("loop_stop", 2)),
            "cancelled" => repo.Process(alive: false).Remove(ArtifactPaths.ActiveRun).Remove(ArtifactPaths.State),
            "waiting" => Ended().Approval(Approval("pending", requested: 1)),
            "approved" or "rejected" => Ended().Approval(Approval(state, requested: 1, by: "bob", decided: 1)),
            "idle" => Ended(),
            "limited" => Limited("\"resets_at\":1795377600"),
            "limited-seconds" => Limited("\"resets_in\":90"),
            "limited-over" => Limited("\"resets_in\":0"),
            "limited-unknown" => Limited("\"type\":\"usage_limit\""),
            _ => repo,
        };
        repo.Look();
    }

    private WatchedRepo Ended() => repo.Process(alive: false).Remove(ArtifactPaths.ActiveRun).State(State(false, 2));

    private WatchedRepo Limited(string info) => repo.Process(alive: false).Remove(ArtifactPaths.ActiveRun)
        .Events(Event("rate_limit_stop", 2, status: "rate_limited", data: $$"""{"role":"tester","info":{{{info}}} }"""));
}
