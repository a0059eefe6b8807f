using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Rollout;

/// <summary>Which rows of intents.jsonl an operator has accepted who re-armed the loop.</summary>
public sealed class RearmedRowTests
{
    private readonly WatchedRepo repo = new WatchedRepo().State(State(true)).Events(Event("loop_start"));

    [Fact]
    public void A_row_that_was_there_is_accepted_and_the_next_one_is_not()
    {
        repo.Intent("approve", 1).Rearmed(5, rows: 1);
        Assert.Null(repo.Settled());
        repo.Intent("approve", 2, "two");

        Assert.Contains("in row 2", repo.Settled()!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancel_that_was_there_is_accepted_and_the_next_one_is_not()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 1)).Process(alive: true).Intent("cancel", 3).Rearmed(5, rows: 1);
        Assert.Null(repo.Settled());
        repo.Intent("cancel", 4, "two");

        Assert.Contains("in row 2", repo.Settled()!.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(305, true)] // the clocks of two hosts may be five minutes apart
    [InlineData(306, false)]
    public void A_row_of_a_file_that_was_rotated_since_is_not_accepted_by_its_number(double row, bool isAccepted)
    {
        repo.Rearmed(5, rows: 1).Intent("approve", row).Wait(1000);

        Assert.Equal(isAccepted, repo.Settled() is null);
    }

    [Fact]
    public void A_row_that_is_dated_in_the_future_was_there_before()
    {
        repo.Intent("approve", 400).Rearmed(5, rows: 1).Look();

        Assert.Null(repo.Wait(399).Look().Trigger);
        Assert.NotNull(repo.Wait(1).Look().Trigger);
    }
}
