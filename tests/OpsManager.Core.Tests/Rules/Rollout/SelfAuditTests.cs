using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Rules.Rollout;
using Xunit;

namespace OpsManager.Core.Tests.Rules.Rollout;

/// <summary>What intents.jsonl calls confirmed is borne out by the runtime's own record, or it is a reason to step back.</summary>
public sealed class SelfAuditTests
{
    private readonly WatchedRepo repo = new WatchedRepo().State(RuntimeText.State(true)).Events(RuntimeText.Event("loop_start"));

    [Fact]
    public void A_confirmed_approval_with_its_decision_is_borne_out()
    {
        Decision("approved", "ada", 10);
        Row("approve", "ada", 12);

        Assert.Null(Trigger());
    }

    [Theory]
    [InlineData("reject", "ada", 12)] // another word
    [InlineData("approve", "ada", 5)] // a decision that was made after the row
    [InlineData("approve", "ada", 2000)] // a decision of long before
    public void A_decision_of_another_kind_does_not_bear_it_out(string intent, string by, double at)
    {
        Decision("approved", "ada", 10);
        Row(intent, by, at);

        Assert.Equal(RollbackCauses.SuccessUnconfirmed, Trigger()!.Cause);
    }

    [Fact]
    public void The_equal_decision_of_somebody_else_bears_it_out_too()
    {
        Decision("approved", "ada", 10);
        Row("approve", "ada", 12, "one");
        Row("approve", "bob", 13, "two");

        Assert.Null(Trigger());
    }

    [Fact]
    public void A_decision_that_was_overruled_later_is_no_reason_to_step_back()
    {
        // The runtime died before it told decisions.jsonl of it.
        Decided("approved", "ada");
        Decision("rejected", "bob", 1);
        repo.Started("approve", events: 1);
        Row("approve", "ada", 12);
        Assert.Null(Trigger());

        Decided("rejected", "bob");
        Decision("rejected", "bob", 20);
        Append(
            ArtifactPaths.ControlRows(RuntimeText.Loop),
            """{"phase":"finished","idempotencyKey":"one","intent":"approve","outcome":"observed","""
            + """ "evidence":[{"source":"approval","fact":"approved"}]}""");
        Assert.Null(Trigger());
        Assert.Contains("bob has rejected it", repo.Loop.Cases.All.Single().Why, StringComparison.Ordinal);

        Row("approve", "ada", 14, status: "ambiguous");
        Assert.Null(Trigger());
    }

    [Fact]
    public void Two_rows_of_one_intent_need_one_decision()
    {
        Decision("approved", "ada", 10);
        Row("approve", "ada", 12, "one");
        Row("approve", "ada", 13, "one");

        Assert.Null(Trigger());
    }

    [Fact]
    public void A_row_that_names_the_line_of_its_decision_is_held_to_it()
    {
        Decision("approved", "ada", 10);
        Decision("rejected", "bob", 11);
        Row("approve", "ada", 5000, confirm: Named(1));
        Assert.Null(Trigger());

        Row("approve", "ada", 5001, "two", confirm: Named(2));
        Assert.Contains("in row 2", Trigger()!.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ambiguous")]
    [InlineData("failed_command")]
    [InlineData("executed_unconfirmed")]
    [InlineData("confirmed by magic")]
    public void Only_rows_that_are_called_confirmed_are_held_to_anything(string status)
    {
        Row("approve", "ada", 12, status: status);

        Assert.Null(Trigger());
    }

    [Theory]
    [InlineData("\"confirmed\":false,\"confirmExitCode\":0")]
    [InlineData("\"confirmed\":true,\"confirmExitCode\":2")]
    public void A_row_that_contradicts_itself_is_not_believed(string fields)
    {
        Decision("approved", "ada", 10);
        Append(
            ArtifactPaths.Intents(RuntimeText.Loop),
            $$"""{"timestamp":"{{RuntimeText.Time(12)}}","intent":"approve","requestedBy":"ada","status":"confirmed",{{fields}}}""");

        Assert.Contains("and that it is not", Trigger()!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suspicion_has_to_last()
    {
        Decision("rejected", "bob", 1);
        Row("approve", "ada", 12);
        Assert.Null(repo.Wait(12).Look().Trigger);
        Decision("approved", "ada", 11);
        Assert.Null(repo.Wait(2).Look().Trigger);
        Row("approve", "ada", 1000, "two");
        Assert.Null(repo.Wait(2).Look().Trigger);

        Assert.NotNull(repo.Wait(3).Look().Trigger);
    }

    [Fact]
    public void Rows_of_a_loop_that_was_deleted_and_made_anew_are_of_another_life()
    {
        Row("approve", "ada", -500);
        Assert.Null(Trigger());

        // One that is added now is not, whatever it says.
        Row("approve", "ada", -400, "two");
        Assert.Contains("in row 2", Trigger()!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_that_is_being_deleted_says_nothing_against_its_intents()
    {
        Decision("approved", "ada", 10);
        Row("approve", "ada", 12);
        Assert.Null(Trigger());
        // Its directory stands for a moment longer.
        repo.Put($"{ArtifactPaths.Loop(RuntimeText.Loop)}/plan.md", "x")
            .Remove(ArtifactPaths.Decisions(RuntimeText.Loop))
            .Remove(ArtifactPaths.Events(RuntimeText.Loop));

        Assert.Null(Trigger());
    }

    [Fact]
    public void What_was_done_by_a_service_is_not_looked_for_here()
    {
        Append(
            ArtifactPaths.Intents(RuntimeText.Loop),
            $$"""{"timestamp":"{{RuntimeText.Time(12)}}","intent":"approve","requestedBy":"ada","transport":"sprite_service","status":"confirmed","confirmed":true}""");

        Assert.Null(Trigger());
    }

    [Fact]
    public void A_row_that_names_nobody_is_borne_out_by_anybodys_decision()
    {
        Decision("approved", "ada", 10);
        Append(
            ArtifactPaths.Intents(RuntimeText.Loop),
            $$"""{"timestamp":"{{RuntimeText.Time(12)}}","intent":"approve","status":"confirmed","confirmed":true}""");

        Assert.Null(Trigger());
    }

    [Fact]
    public void With_the_event_stream_off_an_event_that_bears_it_out_is_not_missed()
    {
        repo.Events(
            RuntimeText.Event("approval_decision", 10, role: "human", status: "approved"), RuntimeText.Event("approval_consumed", 11));
        Row("approve", "ada", 12);
        Assert.Null(Trigger());
        repo.Fold(new OpsManager.Core.Facts.Observations.StreamSwitched(repo.Now, true));

        Assert.Null(Trigger());
    }

    [Fact]
    public void A_cancel_of_ours_speaks_of_the_process_that_it_was_meant_for()
    {
        Aimed(pid: 99, events: 1);
        repo.ActiveRun(RuntimeText.ActiveRun(WatchedRepo.Pid, 5)).Process(alive: true);
        Row("cancel", "ada", 1000);
        Assert.Null(Trigger());

        Aimed(WatchedRepo.Pid, events: 1, key: "two");
        Row("cancel", "ada", 1001, "two");
        Assert.NotNull(Trigger());
    }

    [Fact]
    public void A_decision_about_the_run_is_not_its_work()
    {
        Row("cancel", "ada", 12);
        repo.Events(RuntimeText.Event("approval_decision", 400, role: "human", status: "approved"));

        Assert.Null(Trigger());
    }

    [Fact]
    public void Where_the_runtime_keeps_no_decisions_its_event_bears_it_out()
    {
        repo.Events(RuntimeText.Event("approval_decision", 10, role: "human", status: "approved"));
        Row("approve", "ada", 12);

        Assert.Null(Trigger());
    }

    [Fact]
    public void Where_it_keeps_them_the_event_alone_does_not()
    {
        Decision("rejected", "bob", 9);
        repo.Events(RuntimeText.Event("approval_decision", 10, role: "human", status: "approved"));
        Row("approve", "ada", 12);

        Assert.NotNull(Trigger());
    }

    [Fact]
    public void A_confirmed_cancel_whose_run_is_still_named_is_not_borne_out()
    {
        repo.ActiveRun(RuntimeText.ActiveRun(WatchedRepo.Pid, 5)).Process(alive: true);
        Row("cancel", "ada", 12);

        Assert.Contains("still says that a process runs the run", Trigger()!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_started_after_the_cancel_says_nothing_against_it()
    {
        repo.ActiveRun(RuntimeText.ActiveRun(WatchedRepo.Pid, 15)).Process(alive: true);
        Row("cancel", "ada", 12);

        Assert.Null(Trigger());
    }

    [Fact]
    public void A_confirmed_cancel_whose_run_goes_on_writing_is_not_borne_out()
    {
        Row("cancel", "ada", 12);
        Assert.Null(Trigger());
        repo.Events(RuntimeText.Event("role_start", 40));

        Assert.Contains("is still writing", repo.Wait(5).Look().Trigger!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_replay_nothing_is_stepped_back_from()
    {
        Row("approve", "ada", 12);
        repo.Fold(new OpsManager.Core.Facts.Observations.RepoOpened(repo.Now, WatchedRepo.Path, "a tape"));

        Assert.Null(Trigger());
    }

    private Trigger? Trigger() => repo.Settled();

    private void Aimed(int pid, int events, string key = "one") => repo.Started("cancel", events, key, pid);

    private void Decided(string status, string by) => repo.Approval(RuntimeText.Approval(status, by: by));

    private void Decision(string word, string by, double at) => repo.Decision(word, at, by);

    private void Row(string intent, string by, double at, string key = "one", string status = "confirmed", string confirm = "") =>
        repo.Intent(intent, at, key, by, status, confirm);

    private static string Named(int line) => RolloutRows.Evidence($$"""{"source":"decisions","fact":"x","line":{{line}}}""");

    private void Append(string path, string row) => repo.Row(path, row);
}
