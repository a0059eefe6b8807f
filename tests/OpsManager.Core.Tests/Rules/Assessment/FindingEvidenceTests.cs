using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Rollout;
using OpsManager.Core.Sprite;
using OpsManager.Core.Tests.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

/// <summary>Severity, time and evidence of findings, and what each source says (docs/contract.md, "Findings").</summary>
public sealed class FindingEvidenceTests
{
    private const string Command = $"bash superloop.sh run --repo {WatchedRepo.Path} --loop {Loop}";

    private readonly WatchedRepo repo = new();

    [Fact]
    public void Of_two_findings_the_more_severe_comes_first()
    {
        AtWork().Heartbeat("{").Look();
        repo.Wait(2).Look();
        repo.Fold(new SourceFailed(repo.Now, WatchedRepo.Path, "no such disk"));

        Assert.Equal(
            [(FindingCodes.SourceFailed, Severity.Error), (FindingCodes.TornArtifact, Severity.Warning)],
            repo.Loop.Verdict.Findings.Select(static found => (found.Code, found.Severity)));
    }

    [Theory]
    [InlineData("refused", Severity.Warning)]
    [InlineData("contradicted", Severity.Error)]
    [InlineData("unknown", Severity.Error)]
    public void An_intent_without_success_is_found_with_its_sender_and_its_rows(string outcome, Severity severity)
    {
        AtWork();
        var rows = new CancelRows(By: "ada", Key: "key-7");
        rows.Started(repo.Wait(10), 10);
        rows.Executed(repo, 11);
        rows.Told(repo.Wait(1), 11, outcome);

        var found = Found(FindingCodes.ControlUnreviewed);
        Assert.Equal((severity, WatchedRepo.Start.AddSeconds(11)), (found.Severity, found.Since));
        Assert.Equal((ArtifactPaths.ControlRows(Loop), "key-7"), (found.Evidence[0].Path, found.Evidence[0].Value));
        Assert.Contains("by ada", found.Evidence[0].Fact, StringComparison.Ordinal);
        Assert.Contains(found.Evidence, static evidence => evidence.Fact == "process 4711 has exited");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_rollback_that_nobody_has_recorded_yet_cites_the_record_only_where_there_is_one(bool isThere)
    {
        if (isThere)
        {
            repo.Put(ArtifactPaths.Rollout(Loop),
                $$"""{"schemaVersion":"v1","stage":"assisted","changedAt":"{{Time(0)}}","changedBy":"ada","reason":"x"}""");
        }

        AtWork().Look();
        var loop = repo.Loop;
        var earlier = new EarlierResults(loop.Projected, loop.Cases, [], new Trigger("parity", "it differs", []), loop.Verdict);
        var options = FoldOptions.Default;
        var verdict = Assessor.Judge(repo.Repo, loop, earlier, repo.Repo.Ages, options.Limits, options.Thresholds);

        var found = Assert.Single(verdict.Findings, static found => found.Code == FindingCodes.RolledBack);
        Assert.Equal(
            (Severity.Error, isThere ? ArtifactPaths.Rollout(Loop) : null), (found.Severity, Assert.Single(found.Evidence).Path));
    }

    [Fact]
    public void A_clock_that_was_set_back_names_the_time_until_which_times_repeat()
    {
        AtWork().Look();
        repo.Wait(60);
        repo.Fold(new ClockShifted(repo.Now, ClockShifts.None.With(new ClockShift(repo.Now, TimeSpan.FromHours(1)))));

        Assert.Contains("19:01:00Z", Found(FindingCodes.ClockSkew).Evidence.Single().Fact, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_has_fewer_lines_has_gone_back_since_it_was_cut()
    {
        AtWork().Events(Event("role_start", 1)).Look();
        repo.Wait(7).Put(ArtifactPaths.Events(Loop), Event("loop_start"));

        Assert.Equal(WatchedRepo.Start.AddSeconds(7), Found(FindingCodes.CursorRegression).Since);
        Assert.Equal(WatchedRepo.Start.AddSeconds(7), Found(FindingCodes.OrderingDrift).Since);
    }

    [Fact]
    public void The_silence_of_a_sprite_that_sleeps_is_measured_to_what_was_heard_last()
    {
        AtWork().Look();
        repo.Wait(1000).Look();
        Assert.Contains(repo.Loop.Verdict.Findings, static found => found.Code == FindingCodes.IngestStale);

        repo.Fold(new SpriteSeen(repo.Now, WatchedRepo.Path, new SpriteState
        {
            Name = "billing",
            AsleepSince = WatchedRepo.Start.AddSeconds(20),
            GoodAt = WatchedRepo.Start.AddSeconds(10),
        }));
        Assert.DoesNotContain(repo.Loop.Verdict.Findings, static found => found.Code == FindingCodes.IngestStale);
    }

    // The log that was read before.

    [Fact]
    public void A_log_that_an_earlier_session_read_otherwise_is_found_once()
    {
        AtWork().Events("oops\n", Event("role_start", 1)).Look();
        Kept(isOfOtherLog: true);
        var found = Found(FindingCodes.EventsRewritten);
        Assert.Equal((Severity.Error, ArtifactPaths.Events(Loop)), (found.Severity, found.Evidence.Single().Path));
        Assert.Equal(EvidenceSources.Cursor, found.Evidence.Single().Source);

        repo.Wait(1);
        repo.Fold(new LogBroke(repo.Now, WatchedRepo.Path, Loop, LogBreakKind.Rewritten, "another file is in its place"));
        Assert.Equal(repo.Now, Found(FindingCodes.EventsRewritten).Since);
    }

    [Fact]
    public void A_cursor_that_fits_is_no_finding()
    {
        AtWork().Look();
        Kept(isOfOtherLog: false);

        Assert.Empty(repo.Loop.Verdict.Findings);
    }

    [Fact]
    public void A_cursor_that_cannot_be_used_is_found_with_its_path()
    {
        AtWork().Look();
        repo.Fold(new KeptCursorSeen(repo.Now, WatchedRepo.Path, Loop, null, "it is no object"));

        var found = Found(FindingCodes.ArtifactInvalid);
        Assert.Equal(
            (Severity.Warning, ArtifactPaths.ManagerCursor(Loop), "it is no object"),
            (found.Severity, found.Evidence.Single().Path, found.Evidence.Single().Fact));
    }

    // What each source says.

    [Fact]
    public void A_decision_is_told_with_who_decided()
    {
        AtWork().Approval(Approval("pending"));
        Assert.StartsWith("pending", Says(EvidenceSources.Approval).Fact, StringComparison.Ordinal);

        repo.Approval(Approval("rejected", by: "ada", decided: 5));
        Assert.StartsWith("rejected by ada", Says(EvidenceSources.Approval).Fact, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "active,")]
    [InlineData(false, "not active,")]
    public void A_state_is_told_as_active_or_not(bool active, string expected)
    {
        repo.State(State(active)).Events(Event("loop_start"));

        Assert.StartsWith(expected, Says(EvidenceSources.State).Fact, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, ", complete")]
    [InlineData(false, ", not complete")]
    public void A_summary_is_told_as_complete_or_not(bool complete, string expected)
    {
        AtWork().Summary(Summary((0, 1, complete)));

        Assert.EndsWith(expected, Says(EvidenceSources.Summary).Fact, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_event_is_told_with_its_role_if_it_has_one()
    {
        AtWork();
        Assert.StartsWith("newest: loop_start, iteration", Says(EvidenceSources.Events).Fact, StringComparison.Ordinal);

        repo.Events(Event("role_start", 1, role: "planner"));
        Assert.StartsWith("newest: role_start planner, iteration", Says(EvidenceSources.Events).Fact, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heartbeat_is_told_with_its_own_word()
    {
        AtWork().Heartbeat(Heartbeat(0));

        Assert.StartsWith("running at", Says(EvidenceSources.Heartbeat).Fact, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_a_file_that_was_never_read_is_told()
    {
        AtWork().Approval("[]");
        Assert.Equal("expected an object, found an array", Says(EvidenceSources.Approval).Fact);

        repo.Fold(new EventsUnavailable(repo.Now, WatchedRepo.Path, Loop, ArtifactCondition.Unreadable, "no permission"));
        Assert.Equal("no permission", SourceEvidence.Events(repo.Loop).Fact);
    }

    [Fact]
    public void A_process_at_work_has_no_word_of_its_own_and_one_that_is_held_still_has()
    {
        AtWork();
        Assert.Null(Says(EvidenceSources.Process).Value);

        repo.Apply(new TapeProcess(default, 0, WatchedRepo.Pid, true) { State = ProcessState.Stopped });
        Assert.Equal("stopped", Says(EvidenceSources.Process).Value);
    }

    [Fact]
    public void Of_a_run_that_nothing_claims_the_process_is_the_one_that_was_searched_for()
    {
        repo.State(State(true)).Events(Event("loop_start"));
        repo.Apply(new TapeProcess(default, 0, WatchedRepo.Pid, true) { Command = Command, Loop = Loop });
        Assert.Contains("command line", Says(EvidenceSources.Process).Fact, StringComparison.Ordinal);

        repo.Wait(40).Apply(new TapeProcess(default, 0, WatchedRepo.Pid, false) { Command = Command, Loop = Loop });
        Assert.Equal("no process on this host runs this loop", Says(EvidenceSources.Process).Fact);
    }

    [Fact]
    public void Of_a_claim_the_process_is_the_claimed_one_unless_the_claim_is_not_ours()
    {
        AtWork().Look();
        Search(new RunSearch(ProcessFate.Alive, "process 5 is running") { Pid = 5 });
        Assert.Equal("process 4711 is running", SourceEvidence.Process(repo.Repo, repo.Loop)!.Fact);

        repo.Fold(new ProcessSeen(repo.Now, WatchedRepo.Path, new ProcessSighting(WatchedRepo.Pid, ProcessFate.NotOurs, "not ours")));
        Assert.Equal("process 5 is running", SourceEvidence.Process(repo.Repo, repo.Loop)!.Fact);
    }

    [Fact]
    public void A_sprite_that_cannot_be_reached_says_why()
    {
        AtWork().Look();
        Assert.Equal(SourceCondition.Read, SourceStanding.From(repo.Repo).Condition);

        repo.Fold(new SpriteSeen(repo.Now, WatchedRepo.Path, new SpriteState
        {
            Name = "billing",
            ConnectionMode = ConnectionMode.LastKnown,
            Fault = "connection refused",
            FaultSince = repo.Now,
        }));
        Assert.Equal(
            new SourceStanding(SourceCondition.Unreachable, "connection refused", repo.Now), SourceStanding.From(repo.Repo));
    }

    private EvidenceRecord Says(string source)
    {
        repo.Look();
        return Assert.Single(SourceEvidence.All(repo.Repo, repo.Loop), evidence => evidence.Source == source);
    }

    private FindingRecord Found(string code)
    {
        repo.Look();
        return Assert.Single(repo.Loop.Verdict.Findings, finding => finding.Code == code);
    }

    private void Search(RunSearch search) => repo.Fold(new RunSearched(repo.Now, WatchedRepo.Path, Loop, search));

    private void Kept(bool isOfOtherLog) => repo.Fold(new KeptCursorSeen(repo.Now, WatchedRepo.Path, Loop, new CursorFile
    {
        SchemaVersion = "v1",
        RepoPath = WatchedRepo.Path,
        LoopId = Loop,
        EventsFile = ArtifactPaths.Events(Loop),
        EventLineOffset = 1,
        EventLineCount = 1,
        UpdatedAt = repo.Now,
    })
    { IsOfOtherLog = isOfOtherLog });

    private WatchedRepo AtWork() =>
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).State(State(true)).Events(Event("loop_start"));
}
