using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Reports;

public sealed class NoticesTests
{
    private readonly WatchedRepo repo = new();

    [Fact]
    public void A_request_for_approval_is_told_once_with_its_run()
    {
        AtWork();

        var notice = Assert.Single(Next(repo.Wait(1).Approval(Approval("pending", requested: 1))));
        Assert.Equal(
            (NoticeKind.ApprovalAsked, WatchedRepo.Path, Loop, Time(0), Lifecycle.AwaitingApproval),
            (notice.Kind, notice.Repo, notice.Loop, notice.RunId, notice.Lifecycle));
        Assert.Equal($"{Loop} is waiting for a decision on run {Time(0)}, iteration 1", notice.Text);
        Assert.Equal($"pending for run {Time(0)}, iteration 1, asked {Time(1)}", notice.Evidence);
        Assert.Equal(repo.Now, notice.At);

        Assert.Empty(Next(repo.Wait(1)));
        Assert.Empty(Next(repo.Wait(1).Events(Event("approval_requested", 3))));
    }

    [Theory]
    [InlineData(60, 1, 1)]
    [InlineData(0, 2, 1)]
    [InlineData(0, 1, 9)]
    public void Another_run_iteration_or_time_of_request_is_another_request(double run, int iteration, double requested)
    {
        AtWork();
        Assert.Single(Next(repo.Wait(1).Approval(Approval("pending", requested: 1))));

        Assert.Equal(
            NoticeKind.ApprovalAsked, Assert.Single(Next(repo.Wait(60).Approval(Approval("pending", run, iteration, requested)))).Kind);
    }

    [Fact]
    public void The_same_request_written_anew_or_torn_for_a_moment_is_no_other()
    {
        AtWork();
        Assert.Single(Next(repo.Wait(1).Approval(Approval("pending", requested: 1))));

        Assert.Empty(Next(repo.Wait(1).Approval("")));
        Assert.Empty(Next(repo.Wait(1).Approval(Approval("pending", requested: 1) + " ")));
    }

    [Fact]
    public void A_run_that_dies_is_told_once_with_the_rule_that_says_so()
    {
        AtWork();

        var notice = Assert.Single(Next(repo.Wait(1).Process(alive: false)));
        Assert.Equal((NoticeKind.RunFailed, Time(0), Lifecycle.Failed), (notice.Kind, notice.RunId, notice.Lifecycle));
        Assert.Equal(
            $"{Loop} failed: active-run.json says process {WatchedRepo.Pid} runs this loop, but it has exited and no event ended the "
                + $"run", notice.Text);
        Assert.Equal($"process {WatchedRepo.Pid} has exited", notice.Evidence);

        Assert.Empty(Next(repo.Wait(1)));
        Assert.Empty(Next(repo.Wait(3600)));
    }

    [Fact]
    public void A_run_that_completes_stops_or_goes_on_is_not_told()
    {
        AtWork();

        Assert.Empty(Next(repo.Wait(1).Events(Event("role_end", 1, role: "planner"))));
        Assert.Empty(Next(
            repo.Wait(1).Events(Event("loop_complete", 2)).State(State(false, 2)).Remove(ArtifactPaths.ActiveRun).Process(alive: false)));
    }

    [Fact]
    public void A_rollback_is_told_when_its_finding_appears_and_again_only_after_it_was_gone()
    {
        AtWork();
        var calm = repo.Fleet;
        var (back, going) = (WithFindings("rate_limit: 3 of 5 failed"), WithFindings("rate_limit: 4 of 5 failed"));

        var notice = Assert.Single(Notices.Between(calm, back));
        Assert.Equal(
            (NoticeKind.RolledBack, $"{Loop} was rolled back: rate_limit: 3 of 5 failed", "rate_limit: 3 of 5 failed"),
            (notice.Kind, notice.Text, notice.Evidence));
        Assert.Empty(Notices.Between(back, going));
        Assert.Empty(Notices.Between(going, calm));
        Assert.Single(Notices.Between(calm, going));
    }

    [Fact]
    public void A_rollback_that_stands_in_the_rollout_file_is_told_and_one_that_stood_there_before_is_not()
    {
        var rolledBack =
            $$"""{"schemaVersion":"v1","stage":"passive","rollback":{"cause":"health_critical","at":"{{Time(1)}}","why":"no heartbeat"} }""";
        AtWork();

        var notice = Assert.Single(Next(repo.Wait(1).Put(ArtifactPaths.Rollout(Loop), rolledBack)));
        Assert.Equal((NoticeKind.RolledBack, "health_critical: no heartbeat"), (notice.Kind, notice.Evidence));
        Assert.Empty(Next(repo.Wait(1)));

        var later = new WatchedRepo().Put(ArtifactPaths.Rollout(Loop), rolledBack).Events(Event("loop_start"));
        Assert.Empty(Next(later));
        Assert.Empty(Next(later.Wait(1)));
    }

    [Theory]
    [InlineData("unknown", "approval of checkout-flow by ada was not confirmed: nobody saw it")]
    [InlineData("contradicted", "approval of checkout-flow by ada was contradicted: nobody saw it")]
    public void An_intent_whose_outcome_is_ambiguous_is_told_once(string outcome, string text)
    {
        AtWork();
        Assert.Empty(Next(repo.Wait(1).Append(Rows, Row("k1", "started"))));

        var notice = Assert.Single(Next(repo.Wait(1).Append(Rows, Row("k1", "finished", outcome))));
        Assert.Equal((NoticeKind.ControlAmbiguous, "the-run", text), (notice.Kind, notice.RunId, notice.Text));

        Assert.Empty(Next(repo.Wait(1).Append(Rows, Row("k1", "late", "contradicted"))));
        Assert.Empty(Next(repo.Wait(1).Append(Rows, Row("k1", "acknowledged"))));
        Assert.Single(Next(repo.Wait(1).Append(Rows, [.. Row("k2", "started"), .. Row("k2", "finished", outcome)])));
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("observed")]
    public void An_intent_that_was_refused_or_took_effect_is_not_ambiguous(string outcome)
    {
        AtWork();

        Assert.Empty(Next(repo.Append(Rows, [.. Row("k1", "started"), .. Row("k1", "finished", outcome)])));
    }

    [Fact]
    public void Several_of_one_look_come_in_the_order_of_their_kinds_and_of_their_intents()
    {
        AtWork();

        var told = Next(repo.Wait(1).Process(alive: false).Append(Rows, [
            .. Row("a", "started"), .. Row("a", "finished", "unknown"), .. Row("b", "started"), .. Row("b", "finished", "contradicted")
        ]));

        Assert.Equal(
            [NoticeKind.RunFailed, NoticeKind.ControlAmbiguous, NoticeKind.ControlAmbiguous], told.Select(static notice => notice.Kind));
        Assert.Contains("was not confirmed", told[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_so_before_the_session_is_never_told()
    {
        repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: false).Events(Event("loop_start"))
            .Append(Rows, [.. Row("k1", "started"), .. Row("k1", "finished", "unknown")]);

        Assert.Empty(Next(repo));
        Assert.Equal(Lifecycle.Failed, repo.Loop.Verdict.Lifecycle);
        Assert.Empty(Next(repo.Wait(1)));
        Assert.Single(Next(repo.Wait(1).Approval(Approval("pending"))));
    }

    [Fact]
    public void A_large_log_that_is_read_from_its_end_first_tells_nothing_before_it_is_read_whole()
    {
        AtWork();
        var whole = repo.Fleet;
        var tail = With(whole, repo.Loop with { Log = new EventLog(isTail: true) });
        repo.Wait(1).Approval(Approval("pending")).Look();

        Assert.Empty(Notices.Between(tail, repo.Fleet));
        Assert.Single(Notices.Between(whole, repo.Fleet));
    }

    [Fact]
    public void A_loop_that_appears_tells_what_becomes_of_it_and_not_what_it_came_with()
    {
        AtWork();
        var other = "search-index";
        repo.Put(ArtifactPaths.Approval(other), Approval("pending"));

        Assert.Empty(Next(repo.Wait(1)));
        Assert.Equal(Lifecycle.AwaitingApproval, repo.Fleet.Loop(WatchedRepo.Path, other)!.Verdict.Lifecycle);
        Assert.Equal(other, Assert.Single(Next(repo.Wait(1).Put(ArtifactPaths.Approval(other), Approval("pending", iteration: 2)))).Loop);
    }

    [Fact]
    public void A_replay_gives_no_notice()
    {
        AtWork();
        var before = Replayed(repo.Fleet);
        repo.Wait(1).Approval(Approval("pending")).Process(alive: false).Look();

        Assert.Empty(Notices.Between(before, Replayed(repo.Fleet)));
    }

    [Fact]
    public void A_look_in_which_nothing_changed_costs_no_memory()
    {
        AtWork();
        var before = repo.Fleet;
        Next(repo.Wait(1));
        Assert.NotSame(before.Repos, repo.Fleet.Repos);
        Notices.Between(before, repo.Fleet);

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Notices.Between(before, repo.Fleet);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    [Fact]
    public void A_stream_of_models_becomes_a_stream_of_what_is_wanted()
    {
        using var models = new Subject<FleetModel>();
        var told = new List<Notice>();
        using var listening = Notices.From(models, static notice => notice.Kind != NoticeKind.ApprovalAsked).Subscribe(told.AddRange);
        void Look(WatchedRepo next)
        {
            next.LookAtAll();
            models.OnNext(next.Fleet);
        }

        AtWork();
        Look(repo);
        Look(repo.Wait(1).Approval(Approval("pending")));
        Look(repo.Wait(1).Remove(ArtifactPaths.Approval(Loop)));
        Assert.Empty(told);
        Look(repo.Wait(1).Process(alive: false));
        Look(repo.Wait(1));

        Assert.Equal([NoticeKind.RunFailed], told.Select(static notice => notice.Kind));
    }

    private static string Rows => ArtifactPaths.ControlRows(Loop);

    private static byte[] Row(string key, string phase, string? outcome = null) => Encoding.UTF8.GetBytes(
        $$"""{"timestamp":"{{Time(1)}}","phase":"{{phase}}","loopId":"{{Loop}}","idempotencyKey":"{{key}}","intent":"approve","requestedBy":"ada"{{phase switch
        {
            "started" => $$""","aim":{"runId":"the-run","at":"{{Time(1)}}"}""",
            "acknowledged" => ""","acknowledgement":{"by":"ada","note":"seen"}""",
            _ => $$""","outcome":"{{outcome}}","why":"nobody saw it","evidence":[{"source":"approval","fact":"it is still pending","path":null}]""",
        }}} }""" + "\n");

    private static FleetModel Replayed(FleetModel fleet) =>
        fleet with { Repos = fleet.Repos.SetItem(WatchedRepo.Path, fleet.Repos[WatchedRepo.Path] with { Replay = "a tape" }) };

    private static IReadOnlyList<Notice> Next(WatchedRepo repo)
    {
        var before = repo.Fleet;
        repo.Look();
        return Notices.Between(before, repo.Fleet);
    }

    private void AtWork()
    {
        repo.State(State(true))
            .ActiveRun(ActiveRun(WatchedRepo.Pid))
            .Process(alive: true)
            .Events(Event("loop_start"), Event("iteration_start"));
        Assert.Equal(Lifecycle.Running, repo.Look().Verdict.Lifecycle);
    }

    private FleetModel WithFindings(string fact) => With(repo.Fleet, repo.Loop with
    {
        Verdict = repo.Loop.Verdict with
        {
            Findings = [new FindingRecord
            {
                Code = FindingCodes.RolledBack,
                Severity = Severity.Error,
                Since = null,
                Evidence = [new EvidenceRecord { Source = "rollout", Fact = fact, Path = null }]
            }],
        },
    });

    private static FleetModel With(FleetModel fleet, LoopModel loop)
    {
        var known = fleet.Repos[loop.Repo];
        return fleet with { Repos = fleet.Repos.SetItem(loop.Repo, known with { Loops = known.Loops.SetItem(loop.Id, loop) }) };
    }
}
