using OpsManager.Contract;
using OpsManager.Core.Rollout;
using OpsManager.Tests.Core.Fold;
using Xunit;

namespace OpsManager.Tests.Core.Rollout;

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
    [InlineData("approve", "bob", 12)] // another person
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
    public void One_decision_bears_out_one_intent()
    {
        Decision("approved", "ada", 10);
        Row("approve", "ada", 12, "one");
        Row("approve", "ada", 13, "two");

        Assert.Contains("in row 2", Trigger()!.Why, StringComparison.Ordinal);
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
        Append(ArtifactPaths.Intents(RuntimeText.Loop), $$"""{"timestamp":"{{RuntimeText.Time(12)}}","intent":"approve","requestedBy":"ada","status":"confirmed",{{fields}}}""");

        Assert.Contains("says that it was not", Trigger()!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_is_held_to_it_only_when_what_it_rests_on_has_been_read()
    {
        Row("approve", "ada", 12);

        Assert.Null(repo.Wait(13).Look().Trigger);
        Assert.NotNull(repo.Wait(3).Look().Trigger);
    }

    [Fact]
    public void A_row_of_the_future_is_not_waited_for()
    {
        Row("approve", "ada", 500_000);

        Assert.NotNull(repo.Wait(1).Look().Trigger);
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

        Assert.Contains("still named", Trigger()!.Why, StringComparison.Ordinal);
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

        Assert.Contains("gone on writing", repo.Wait(5).Look().Trigger!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_replay_nothing_is_stepped_back_from()
    {
        Row("approve", "ada", 12);
        repo.Fold(new OpsManager.Core.Observations.RepoOpened(repo.Now, WatchedRepo.Path, "a tape"));

        Assert.Null(Trigger());
    }

    private Trigger? Trigger() => repo.Wait(60).Look().Trigger;

    private void Decision(string word, string by, double at) => Append(
        ArtifactPaths.Decisions(RuntimeText.Loop), $$"""{"timestamp":"{{RuntimeText.Time(at)}}","loop_id":"{{RuntimeText.Loop}}","run_id":"r","iteration":1,"decision":"{{word}}","by":"{{by}}"}""");

    private void Row(string intent, string by, double at, string key = "one", string status = "confirmed", string confirm = "") => Append(
        ArtifactPaths.Intents(RuntimeText.Loop), $$"""{"timestamp":"{{RuntimeText.Time(at)}}","loopId":"{{RuntimeText.Loop}}","intent":"{{intent}}","requestedBy":"{{by}}","status":"{{status}}","idempotencyKey":"{{key}}","exitCode":0,"confirmExitCode":0,"confirmed":true{{confirm}}}""");

    private static string Named(int line) => $$""","confirm":{"evidence":[{"source":"decisions","fact":"x","line":{{line}}}]}""";

    private void Append(string path, string row) => repo.Append(path, System.Text.Encoding.UTF8.GetBytes(row + "\n"));
}
