using OpsManager.Core.Rules.Rollout;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Rollout;

/// <summary>Which rows are doubted, and since when.</summary>
public sealed class SuspicionTests
{
    private readonly WatchedRepo repo = new WatchedRepo().State(State(true)).Events(Event("loop_start")).Decision("rejected", 1, "bob");

    [Fact]
    public void What_changes_beside_it_does_not_make_a_suspicion_begin_anew()
    {
        repo.Intent("approve", 12).Look();
        Assert.Null(repo.Wait(2).Approval(Approval("pending")).Look().Trigger);

        Assert.NotNull(repo.Wait(1).Look().Trigger);
    }

    [Fact]
    public void A_row_that_takes_the_place_of_one_that_was_borne_out_has_to_be_doubted_as_long()
    {
        repo.Intent("approve", 12).Look();
        repo.Wait(2).Decision("approved", 11).Intent("approve", 2000, "two").Look();
        Assert.Null(repo.Wait(2).Look().Trigger);

        Assert.Contains("in row 2", repo.Wait(1).Look().Trigger!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_doubted_any_more_there_is_no_time_of_it()
    {
        Assert.Equal(repo.Now, repo.Intent("approve", 12).Look().Audit.Since);

        Assert.Null(repo.Wait(2).Decision("approved", 11).Look().Audit.Since);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)] // the second of the log's first event
    public void A_row_of_before_the_first_event_is_of_another_life_of_the_loop(double row, bool isDoubted)
    {
        repo.Intent("approve", row);

        Assert.Equal(isDoubted, repo.Settled() is not null);
    }

    [Theory]
    [InlineData("confirmed", "ambiguous", false)]
    [InlineData("ambiguous", "confirmed", true)]
    public void Of_several_rows_of_one_key_the_last_counts(string first, string last, bool isDoubted)
    {
        repo.Intent("approve", 12, status: first).Intent("approve", 13, status: last);

        Assert.Equal(isDoubted, repo.Settled() is not null);
    }

    [Fact]
    public void Rows_that_were_not_read_to_their_end_are_not_doubted()
    {
        var loop = repo.Intent("approve", 12).Look();
        Assert.Single(loop.Audit.Suspects);

        var read = loop with { Intents = loop.Intents with { HasMore = true } };
        Assert.Empty(SelfAudit.None.From(repo.Repo, read, read.Cases).Suspects);
    }
}
