using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Rules.Projection;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Projection;

public sealed class ProjectorTests
{
    private readonly WatchedRepo repo = new();

    private Projected Projected => repo.Look().Projected;

    [Fact]
    public void The_first_rule_that_fits_decides_the_contract_status()
    {
        // Everything at once, then one reason after the other is taken away.
        repo.Approval(Approval("pending"))
            .Summary(Summary((0, 1, true)))
            .State(State(true))
            .Events(Event("loop_start"), Event("loop_stop", 1, status: "error"));
        Assert.Equal(Lifecycle.AwaitingApproval, Projected.Status);

        repo.Wait(1).Approval(Approval("approved"));
        Assert.Equal(Lifecycle.Complete, Projected.Status);

        repo.Wait(1).Summary(Summary((0, 1, false)));
        Assert.Equal(Lifecycle.Running, Projected.Status);

        repo.Wait(1).State(State(false));
        Assert.Equal(Lifecycle.Stopped, Projected.Status);

        repo.Wait(1).Events(Event("role_end", 2, status: "error"));
        Assert.Equal(Lifecycle.Failed, Projected.Status);

        repo.Wait(1).Events(Event("role_end", 3, status: "ok"));
        Assert.Equal(Lifecycle.Idle, Projected.Status);

        repo.Wait(1).Remove(ArtifactPaths.Summary(Loop));
        Assert.Equal(Lifecycle.Unknown, Projected.Status);
    }

    [Theory]
    [InlineData("loop_stop", Lifecycle.Stopped)]
    [InlineData("rate_limit_stop", Lifecycle.Stopped)]
    [InlineData("no_progress_stop", Lifecycle.Stopped)]
    [InlineData("loop_complete", Lifecycle.Unknown)]
    public void Three_events_are_stops(string name, Lifecycle expected)
    {
        repo.Events(Event(name));

        Assert.Equal(expected, Projected.Status);
    }

    [Theory]
    [InlineData("error", Lifecycle.Failed)]
    [InlineData("timeout", Lifecycle.Failed)]
    [InlineData("blocked", Lifecycle.Failed)]
    [InlineData("rate_limited", Lifecycle.Failed)]
    [InlineData("failed", Lifecycle.Unknown)]
    [InlineData("Error", Lifecycle.Unknown)]
    public void Four_event_statuses_are_failures(string status, Lifecycle expected)
    {
        repo.Events(Event("role_end", status: status));

        Assert.Equal(expected, Projected.Status);
    }

    [Fact]
    public void A_state_that_is_active_for_another_loop_says_nothing_of_this_one()
    {
        repo.State(State(true, loop: "other")).Events(Event("loop_start"));

        Assert.Equal(Lifecycle.Unknown, Projected.Status);
    }

    [Fact]
    public void Run_and_iteration_come_from_the_last_entry_before_the_last_event_before_nothing()
    {
        repo.Events("").State(State(true, iteration: 7));
        Assert.Equal(("unknown", 7), (Projected.RunId, Projected.Iteration));

        repo.Wait(1).Events(Event("loop_start", 1, run: 60, iteration: 2));
        Assert.Equal((Time(60), 2), (Projected.RunId, Projected.Iteration));

        repo.Wait(1).Summary(Summary((0, 4, false), (0, 5, false)));
        Assert.Equal((Time(0), 5), (Projected.RunId, Projected.Iteration));
    }

    [Theory]
    [InlineData("iteration_start", true)]
    [InlineData("role_start", true)]
    [InlineData("role_end", true)]
    [InlineData("iteration_end", true)]
    [InlineData("tests_start", true)]
    [InlineData("tests_end", true)]
    [InlineData("validation_start", true)]
    [InlineData("validation_end", true)]
    [InlineData("loop_start", false)]
    [InlineData("gates_evaluated", false)]
    [InlineData("loop_stop", false)]
    public void Eight_events_need_an_active_state(string name, bool mismatch)
    {
        repo.State(State(false)).Events(Event(name));
        Assert.Equal(mismatch, Projected.Flags.ActiveMismatch);

        repo.Wait(1).Remove(ArtifactPaths.State);
        Assert.Equal(mismatch, Projected.Flags.ActiveMismatch);

        repo.Wait(1).State(State(true));
        Assert.False(Projected.Flags.ActiveMismatch);
    }

    [Fact]
    public void Confidence_is_medium_without_events_high_with_them_and_low_with_any_flag()
    {
        repo.Events("").State(State(true));
        Assert.Equal(Confidence.Medium, Projected.Confidence);

        repo.Wait(1).Events(Event("role_start"));
        Assert.Equal(Confidence.High, Projected.Confidence);

        repo.Wait(1).State(State(false));
        Assert.Equal(Confidence.Low, Projected.Confidence);
    }

    [Fact]
    public void Gates_and_streak_are_those_of_the_last_entry_as_they_stand()
    {
        repo.Events("").Summary(Summary((0, 1, true)));

        Assert.Equal("""{"tests":"ok"}""", Projected.Gates!.Value.GetRawText());
        Assert.Equal("""{"streak":0,"threshold":3}""", Projected.Stuck!.Value.GetRawText());
        Assert.True(Projected.CompletionOk);
    }

    [Fact]
    public void Nothing_known_is_null_and_not_false()
    {
        repo.Events("");

        Assert.Equal((null, null, null, null), (Projected.CompletionOk, Projected.Active, Projected.LastEventName, Projected.LastEventAt));
    }
}
