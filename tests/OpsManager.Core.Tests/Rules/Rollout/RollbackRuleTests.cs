using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Rollout;

/// <summary>Which cause is named, and in which words.</summary>
public sealed class RollbackRuleTests
{
    private readonly WatchedRepo repo = new WatchedRepo().State(State(true)).Events(Event("loop_start"));

    [Fact]
    public void Of_several_causes_the_first_in_the_order_of_the_documentation_is_named()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 5)).Process(alive: true).Look();
        Differs(ParityOrigin.Service, "run 2, not 1");
        Assert.Equal((RollbackCauses.ServiceMismatch, "the service and the artifacts disagree: run 2, not 1"), Named());

        Differs(ParityOrigin.Scratch, "failed, not running");
        Assert.Equal((RollbackCauses.ProjectionMismatch, "the artifacts disagree with what was shown: failed, not running"), Named());

        repo.Intent("cancel", 12).Settled();
        Assert.Equal(RollbackCauses.SuccessUnconfirmed, Named().Cause);
        Assert.Contains("that cancel by ada is confirmed", Named().Why, StringComparison.Ordinal);

        repo.Intent("approve", 12, "two").Settled();
        Assert.Equal(RollbackCauses.SuccessUnconfirmed, Named().Cause);
        Assert.Contains("that approval by ada is confirmed", Named().Why, StringComparison.Ordinal);

        Broke(LogBreakKind.Rewritten, "line 1 is another one");
        Assert.Equal((RollbackCauses.LogRewritten, "events.jsonl was replaced: line 1 is another one"), Named());

        Broke(LogBreakKind.Truncated, "it lost 20 bytes");
        Assert.Equal((RollbackCauses.CursorRegression, "events.jsonl was cut: it lost 20 bytes"), Named());

        // Its lines are missing still.
        Kept(26, isOfOtherLog: true);
        Assert.Equal((RollbackCauses.CursorRegression, "events.jsonl was cut: 26 lines were read before, it has 1 now"), Named());
        Assert.Equal(["line 1 is another one", "it lost 20 bytes"], repo.Loop.Trigger!.Evidence.Select(static one => one.Fact));
    }

    [Fact]
    public void A_log_that_lost_lines_since_an_earlier_session_was_cut()
    {
        repo.Look();
        Kept(2, isOfOtherLog: false);

        Assert.Equal((RollbackCauses.CursorRegression, "events.jsonl was cut: 2 lines were read before, it has 1 now"), Named());
    }

    [Fact]
    public void A_log_that_is_as_long_and_begins_with_something_else_was_replaced()
    {
        repo.Look();
        Kept(1, isOfOtherLog: false);
        Assert.Null(repo.Loop.Trigger);
        Kept(1, isOfOtherLog: true);

        Assert.Equal(
            (RollbackCauses.LogRewritten, "events.jsonl was replaced: the log no longer begins with what was read before (1 line)"),
            Named());
    }

    [Fact]
    public void A_reason_that_says_the_same_stays_and_one_that_says_something_else_takes_its_place()
    {
        repo.Look();
        Differs(ParityOrigin.Scratch, "failed, not running");
        var first = repo.Loop.Trigger;
        Assert.Same(first, repo.Wait(1).Look().Trigger);
        Differs(ParityOrigin.Scratch, "stuck, not running");

        Assert.EndsWith(": stuck, not running", repo.Loop.Trigger!.Why, StringComparison.Ordinal);
    }

    private (string Cause, string Why) Named() => (repo.Loop.Trigger!.Cause, repo.Loop.Trigger.Why);

    /// <summary>Two checks in a row.</summary>
    private void Differs(ParityOrigin origin, string difference)
    {
        var check = new ParityChecked(repo.Now, WatchedRepo.Path, Loop, origin, difference);
        repo.Fold(check, check);
    }

    private void Broke(LogBreakKind kind, string fact) => repo.Fold(new LogBroke(repo.Now, WatchedRepo.Path, Loop, kind, fact));

    /// <summary>An earlier session of the manager has read so many lines.</summary>
    private void Kept(long lines, bool isOfOtherLog) => repo.Fold(
        new KeptCursorSeen(repo.Now, WatchedRepo.Path, Loop, new CursorFile
        {
            SchemaVersion = ContractVersion.V1,
            RepoPath = WatchedRepo.Path,
            LoopId = Loop,
            EventsFile = ArtifactPaths.Events(Loop),
            EventLineOffset = lines,
            EventLineCount = lines,
            UpdatedAt = WatchedRepo.Start,
        })
        {
            IsOfOtherLog = isOfOtherLog,
        });
}
