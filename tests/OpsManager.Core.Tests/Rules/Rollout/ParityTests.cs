using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Rollout;
using Xunit;

namespace OpsManager.Core.Tests.Rules.Rollout;

/// <summary>How much disagreement is borne.</summary>
public sealed class ParityTests
{
    private readonly WatchedRepo repo = new WatchedRepo(
        new() { Rollback = new RollbackLimits { Checks = 3, For = TimeSpan.FromSeconds(10) } }).Events(RuntimeText.Event("loop_start"));

    [Fact]
    public void So_many_checks_in_a_row_are_too_much()
    {
        repo.Look();
        Assert.Null(Check("a"));
        Assert.Null(Check("b"));

        Assert.Equal(
            (RollbackCauses.ProjectionMismatch, true),
            (Check("c")!.Cause, repo.Loop.Trigger!.Why.EndsWith(": c", StringComparison.Ordinal)));
    }

    [Fact]
    public void Agreement_between_them_begins_anew()
    {
        repo.Look();
        Check("a");
        Check("b");
        Check(null);

        Assert.Null(Check("c"));
    }

    [Fact]
    public void Fewer_checks_are_too_much_where_they_are_far_apart()
    {
        repo.Look();
        Assert.Null(Check("a"));
        repo.Wait(10).Look();

        Assert.NotNull(Check("a"));
    }

    [Fact]
    public void One_check_alone_is_never_too_much_whatever_time_passes()
    {
        repo.Look();
        Check("a");

        Assert.Null(repo.Wait(100_000).Look().Trigger);
    }

    [Fact]
    public void Where_no_time_has_to_pass_it_takes_a_second_check_all_the_same()
    {
        var hasty = new WatchedRepo(new() { Rollback = new RollbackLimits { Checks = 3, For = TimeSpan.Zero } })
            .Events(RuntimeText.Event("loop_start"));
        hasty.Look();
        var check = new ParityChecked(hasty.Now, WatchedRepo.Path, RuntimeText.Loop, ParityOrigin.Scratch, "a");
        hasty.Fold(check);
        Assert.Null(hasty.Loop.Trigger);
        hasty.Fold(check);

        Assert.NotNull(hasty.Loop.Trigger);
    }

    [Fact]
    public void The_service_and_the_artifacts_are_counted_apart()
    {
        repo.Look();
        Check("a");
        Check("a");
        Assert.Null(Check("a", ParityOrigin.Service));

        Assert.Equal(RollbackCauses.ProjectionMismatch, Check("a")!.Cause);
    }

    private Trigger? Check(string? difference, ParityOrigin origin = ParityOrigin.Scratch)
    {
        repo.Fold(new ParityChecked(repo.Now, WatchedRepo.Path, RuntimeText.Loop, origin, difference));
        return repo.Loop.Trigger;
    }
}
