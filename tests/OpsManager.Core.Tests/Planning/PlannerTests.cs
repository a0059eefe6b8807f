using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Planning;

public sealed class PlannerTests
{
    private readonly WatchedRepo repo = new();

    [Fact]
    public void The_words_of_the_command_are_the_contracts()
    {
        AtWork().Approval(RuntimeText.Approval("pending")).Look();

        Assert.Equal(["cancel", "--repo", "/srv/app"], Plan(new Intent.Cancel()).Arguments);
        Assert.Equal(["approve", "--repo", "/srv/app", "--loop", Loop, "--by", "ada"], Plan(new Intent.Approve()).Arguments);
        Assert.Equal(
            ["approve", "--repo", "/srv/app", "--loop", Loop, "--by", "ada", "--note", "$(rm -rf /)", "--reject"],
            Plan(new Intent.Reject("$(rm -rf /)")).Arguments);
    }

    [Fact]
    public void A_decision_is_for_the_run_that_waits_and_not_for_the_newest_one()
    {
        AtWork().Approval(RuntimeText.Approval("pending", run: 0, iteration: 3)).Events(Event("loop_start", 30, run: 30)).Look();

        var plan = Plan(new Intent.Approve());

        Assert.Equal((Time(0), 3), (plan.Target.RunId, plan.Target.Iteration));
        Assert.True(plan.CanBeSent);
    }

    [Theory]
    [InlineData(null, "no run is waiting for an approval")]
    [InlineData("approved", "bob has already approved it")]
    [InlineData("rejected", "bob has already rejected it")]
    public void Where_nothing_waits_nothing_can_be_decided(string? status, string why)
    {
        AtWork();
        if (status is not null)
        {
            repo.Approval(RuntimeText.Approval(status, by: "bob", decided: 5));
        }

        repo.Look();

        Assert.Equal([why], Plan(new Intent.Approve()).Obstacles);
        Assert.True(Plan(new Intent.Cancel()).CanBeSent);
    }

    [Fact]
    public void An_approval_that_cannot_be_relied_on_cannot_be_decided()
    {
        AtWork().Approval("{\"status\":\"pen").Look();

        Assert.Contains("cannot be used", Assert.Single(Plan(new Intent.Approve()).Obstacles), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_rejection_needs_a_note(string? note)
    {
        AtWork().Approval(RuntimeText.Approval("pending")).Look();

        Assert.StartsWith("a rejection needs a note", Assert.Single(Plan(new Intent.Reject(note)).Obstacles), StringComparison.Ordinal);
        Assert.True(Plan(new Intent.Reject("because")).CanBeSent);
    }

    [Fact]
    public void A_cancel_says_which_run_it_will_really_hit()
    {
        AtWork().ActiveRun(ActiveRun(99, loop: "other")).Process(alive: true, pid: 99).Look();

        var plan = Plan(new Intent.Cancel());

        Assert.Equal((99, "other"), (plan.Target.Pid, plan.Target.PidLoop));
        Assert.Contains("it stops loop other, not checkout-flow", string.Join(' ', plan.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancel_of_nothing_says_so()
    {
        repo.Events(Event("loop_start")).Look();

        Assert.Contains("will stop nothing", string.Join(' ', Plan(new Intent.Cancel()).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_notices_what_matters_and_nothing_else()
    {
        AtWork().Approval(RuntimeText.Approval("pending")).Look();
        var approve = Plan(new Intent.Approve());
        var cancel = Plan(new Intent.Cancel());
        repo.Wait(1).Events(Event("role_start", 11, role: "planner")).Look();
        Assert.Empty(approve.ChangesTo(Plan(new Intent.Approve())));
        Assert.Empty(cancel.ChangesTo(Plan(new Intent.Cancel())));

        repo.Wait(1)
            .Approval(RuntimeText.Approval("rejected", by: "bob", decided: 12))
            .ActiveRun(ActiveRun(99, loop: "other"))
            .Process(alive: true, pid: 99)
            .Look();
        Assert.Contains("the approval was pending and is now rejected", approve.ChangesTo(Plan(new Intent.Approve())));
        Assert.Equal(
            ["the process was 4711 and is now 99", "the loop that it runs was checkout-flow and is now other"],
            cancel.ChangesTo(Plan(new Intent.Cancel())).Where(static change =>
                change.StartsWith("the process", StringComparison.Ordinal) || change.Contains("it runs", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("approve", typeof(Intent.Approve))]
    [InlineData("reject", typeof(Intent.Reject))]
    [InlineData("cancel", typeof(Intent.Cancel))]
    public void There_are_three_intents(string word, Type expected)
    {
        Assert.True(Intent.TryParse(word, "n", out var intent));
        Assert.Equal((expected, word, "n"), (intent.GetType(), intent.Word, intent.Note));
        Assert.False(Intent.TryParse("Approve", null, out _));
        Assert.Equal(3, typeof(Intent).GetNestedTypes().Length);
        Assert.Empty(typeof(Intent).GetConstructors());
    }

    private WatchedRepo AtWork() =>
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).Events(Event("loop_start")).State(State(true));

    private ControlPlan Plan(Intent intent) => Planner.Plan(repo.Repo, repo.Loop, intent, "ada");
}
