using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Sprite;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Rollout;

/// <summary>What of the log and of approval.json bears out that a decision took effect.</summary>
public sealed class LoggedDecisionTests
{
    /// <summary>Events of decisions that are kept of a log.</summary>
    private const int Kept = 64;

    private const string ByService = ",\"transport\":\"sprite_service\"";

    private readonly WatchedRepo repo = new WatchedRepo().State(State(true)).Events(Event("loop_start"));

    [Theory]
    [InlineData("approve", 97, false)]
    [InlineData("approve", 98, true)] // two seconds before the event
    [InlineData("approve", 1002, true)] // fifteen minutes and two seconds after it
    [InlineData("approve", 1003, false)]
    [InlineData("reject", 102, false)]
    public void An_event_counts_with_its_word_and_in_its_time(string intent, double row, bool isBorneOut)
    {
        repo.Events(Event("approval_decision", 100, role: "human", status: "approved")).Intent(intent, row);

        Assert.Equal(isBorneOut, repo.Settled() is null);
    }

    [Theory]
    [InlineData("approve", ByService, true)]
    [InlineData("reject", ByService, false)]
    [InlineData("approve", "", false)] // it was done with the clock of this host
    public void An_event_in_the_copy_of_a_sprite_counts_at_any_time_where_its_service_was_asked(string intent, string by, bool isBorneOut)
    {
        repo.Look();
        repo.Fold(new SpriteSeen(repo.Now, WatchedRepo.Path, new SpriteState { Name = "billing" }));
        repo.Events(Event("approval_decision", 100, role: "human", status: "approved")).Intent(intent, 5000, more: by);

        Assert.Equal(isBorneOut, repo.Settled() is null);
    }

    [Theory]
    [InlineData(Kept, 1002, true)] // its window begins with the oldest that is kept: one of the same second may be gone
    [InlineData(Kept, 1003, false)]
    [InlineData(Kept - 1, 1002, false)] // none is gone
    public void Of_more_events_than_are_kept_nothing_is_said_against_a_row_as_old_as_the_oldest(int count, double row, bool isBorneOut)
    {
        Asked(count, 100).Intent("approve", row);

        Assert.Equal(isBorneOut, repo.Settled() is null);
    }

    [Theory]
    [InlineData(Kept, 0, true)] // of the lines after the start the first may be gone
    [InlineData(Kept, 1, false)]
    [InlineData(Kept, 2, false)]
    [InlineData(Kept - 1, 0, false)]
    public void A_decision_that_a_run_may_have_taken_up_in_events_that_are_not_kept_is_not_doubted(int count, int events, bool isBorneOut)
    {
        // decisions.jsonl is there, and has another one.
        repo.Decision("rejected", 1).Started("approve", events);
        Asked(count, 100).Intent("approve", 12);

        Assert.Equal(isBorneOut, repo.Settled() is null);
    }

    [Fact]
    public void Where_the_runtime_keeps_no_decisions_approval_json_counts_for_as_long_as_it_is_there()
    {
        repo.Approval(RuntimeText.Approval("approved", by: "ada")).Intent("approve", 12);
        Assert.Null(repo.Settled());
        repo.Remove(ArtifactPaths.Approval(Loop));

        Assert.Equal(RollbackCauses.SuccessUnconfirmed, repo.Settled()!.Cause);
    }

    [Fact]
    public void Another_word_in_approval_json_bears_nothing_out()
    {
        repo.Approval(RuntimeText.Approval("rejected", by: "bob")).Intent("approve", 12);

        Assert.NotNull(repo.Settled());
    }

    private WatchedRepo Asked(int count, double at) =>
        repo.Events([.. Enumerable.Range(0, count).Select(_ => Event("approval_requested", at, status: "pending"))]);
}
