using Microsoft.Extensions.Time.Testing;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Control.Rollout;
using OpsManager.Control.Storage;
using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Control.Tests.Rollout;

/// <summary>The stage of a loop, as it is kept.</summary>
public sealed class StageStoreTests : IDisposable
{
    private const string RolledBack =
        """{"stage":"passive","changedAt":null,"changedBy":null,"reason":null,"rollback":{"cause":"cursor_regression","why":"cut","at":"2026-11-22T19:21:00Z","incident":"one","lastGoodCursor":40,"stageBefore":"assisted"},"rearm":{"at":"2026-11-21T19:21:00Z","by":"ada","eventLineOffset":7,"intentRows":1}}""";

    private readonly TempRepo repo = new();
    private readonly HostFileSystem files = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 29, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => repo.Dispose();

    [Fact]
    public void What_is_set_is_kept_with_who_when_and_why()
    {
        Assert.Null(Store.Get(repo.Root, TempRepo.Loop));

        var set = Set(RolloutStage.Passive, "  hands off \n");

        Assert.Equal((RolloutStage.Passive, "ada", "hands off", time.GetUtcNow()), (set.Stage, set.ChangedBy, set.Reason, set.ChangedAt));
        Assert.Equal(set, Store.Get(repo.Root, TempRepo.Loop));
        Assert.Equal(RolloutStage.Assisted, Set(RolloutStage.Assisted, "go on").Stage);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    public void A_change_without_a_reason_is_refused_and_nothing_is_written(string reason)
    {
        Assert.Equal("invalid_request", Assert.Throws<ContractException>(() => Set(RolloutStage.Passive, reason)).Code);
        Assert.Null(Store.Get(repo.Root, TempRepo.Loop));
    }

    [Fact]
    public void A_loop_that_is_not_there_gets_no_stage_and_no_directory()
    {
        Assert.Throws<ContractException>(() => Store.Set(repo.Root, "other", RolloutStage.Passive, "ada", "why"));
        Assert.Throws<ContractException>(() => Store.Get(repo.Root, "other"));
        Assert.False(Directory.Exists(repo.Full(ArtifactPaths.Loop("other"))));
    }

    [Fact]
    public void While_another_manager_holds_the_loop_nothing_is_set()
    {
        using var held = LoopLock.TryTake(files, new ManagerFiles(files, repo.Root, TempRepo.Loop));

        var busy = Assert.Throws<IOException>(() => Set(RolloutStage.Passive, "why"));
        Assert.Contains("another manager", busy.Message, StringComparison.Ordinal);
        Assert.Null(Store.Get(repo.Root, TempRepo.Loop));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"stage":"trusted"}""")]
    [InlineData("""{"stage":"passive","rollback":{}}""")]
    public void A_file_that_cannot_be_used_is_no_stage_until_one_is_set(string text)
    {
        Put(text);
        var broken = Assert.Throws<ContractException>(() => Store.Get(repo.Root, TempRepo.Loop));
        Assert.Contains("cannot be used", broken.Message, StringComparison.Ordinal);

        Set(RolloutStage.Assisted, "made again");
        var set = Store.Get(repo.Root, TempRepo.Loop)!;
        Assert.Equal((RolloutStage.Assisted, null), (set.Stage, set.Rollback));
    }

    [Fact]
    public void A_loop_that_is_rolled_back_is_not_assisted_by_a_stage_and_keeps_why_it_was_rolled_back()
    {
        Put(RolledBack);
        var refused = Assert.Throws<ContractException>(() => Set(RolloutStage.Assisted, "go on"));
        Assert.Equal("rolled_back", refused.Code);
        Assert.Contains("ops-manager rearm", refused.Message, StringComparison.Ordinal);

        var passive = Set(RolloutStage.Passive, "for longer");

        Assert.Equal(
            ("cursor_regression", "one", 40L, RolloutStage.Passive),
            (passive.Rollback!.Cause, passive.Rollback.Incident, passive.Rollback.LastGoodCursor!.Value, passive.Rollback.StageBefore));
        Assert.Equal((7L, 1L), (passive.Rearm!.EventLineOffset, passive.Rearm.IntentRows));
        Assert.Equal(passive, Store.Get(repo.Root, TempRepo.Loop));
    }

    private StageStore Store => new(files, time);

    private RolloutRecord Set(RolloutStage stage, string reason) => Store.Set(repo.Root, TempRepo.Loop, stage, "ada", reason);

    private void Put(string text)
    {
        Directory.CreateDirectory(repo.Full(ArtifactPaths.Manager(TempRepo.Loop)));
        repo.Write($"{ArtifactPaths.Manager(TempRepo.Loop)}/rollout.json", text);
    }
}
