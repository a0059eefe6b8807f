using OpsManager.Contract;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>Which loops of a sprite are read, and who waits for that: docs/service.md, "Watching over it".</summary>
public sealed class SpritePollerLoopTests
{
    private static readonly PollSettings ByService = new() { Name = "app", HasService = true };

    [Fact]
    public void The_loops_are_listed_every_15_seconds_where_the_list_does_not_tell_what_has_changed()
    {
        var world = new PollWorld(ByService).Run(60);

        Assert.Equal(5, world.WantedSince<PollAction.ListLoops>(PollWorld.Start).Count());
    }

    [Fact]
    public void Of_several_loops_the_list_is_asked_for_in_every_round_and_only_those_that_have_changed_are_read()
    {
        var world = new PollWorld(ByService) { IsTagged = true };
        world.Loops["b"] = Lifecycle.Complete;
        var first = world.Run(1).Now.AddMilliseconds(1);
        world.Unchanged.Add("b");

        world.Run(10);

        Assert.All(world.WantedSince<PollAction.ReadLoop>(first), static read => Assert.Equal("a", read.Loop));
        Assert.Equal(10, world.WantedSince<PollAction.ListLoops>(first).Count());
    }

    [Fact]
    public void A_loop_that_was_removed_there_is_set_aside_and_not_read_any_more()
    {
        var world = new PollWorld(ByService);
        world.Loops["b"] = Lifecycle.Complete;
        world.Run(5);
        world.Loops.Remove("b");

        var removed = world.Run(15).Now;

        Assert.Equal(["b"], Assert.Single(world.WantedSince<PollAction.SetAside>(PollWorld.Start)).Loops);
        Assert.All(world.Run(30).WantedSince<PollAction.ReadLoop>(removed), static read => Assert.Equal("a", read.Loop));
        Assert.True(world.WantedSince<PollAction.Tell>(PollWorld.Start).All(static tell => tell.State.Fault is null));
    }

    [Fact]
    public void A_loop_of_an_earlier_session_that_is_not_there_any_more_is_set_aside()
    {
        var world = new PollWorld(ByService) { Copy = ["a", "old"] }.Run(0);

        Assert.Equal(["old"], Assert.Single(world.WantedSince<PollAction.SetAside>(PollWorld.Start)).Loops);
    }

    [Fact]
    public void A_service_that_lists_nothing_is_asked_for_the_loops_that_are_named_and_those_of_an_earlier_session()
    {
        var world = new PollWorld(ByService with { Loops = ["named"] }) { Lists = false, Copy = ["old"] }.Run(0);

        Assert.Equal(["named", "old"], world.WantedSince<PollAction.ReadLoop>(PollWorld.Start).Select(static read => read.Loop));
    }

    [Fact]
    public void Where_no_loop_is_known_the_fault_says_what_to_do()
    {
        var world = new PollWorld(ByService) { Lists = false }.Run(0);

        Assert.Equal(FailureCodes.SnapshotUnavailable, world.Sprite.FailureCode);
        Assert.EndsWith("name them there (loops: [NAME])", world.Sprite.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_asks_for_one_loop_alone_does_not_have_the_others_listed()
    {
        var world = new PollWorld(ByService with { Loops = ["a"], IsNarrow = true }).Run(60);

        Assert.DoesNotContain(world.Wanted, static wanted => wanted.Action is PollAction.ListLoops or PollAction.ListCopy);
        Assert.Equal(61, world.WantedSince<PollAction.ReadLoop>(PollWorld.Start).Count());
    }

    [Fact]
    public void A_loop_that_cannot_be_read_does_not_count_against_the_service_and_the_others_are_read()
    {
        var world = new PollWorld(ByService);
        world.Loops["b"] = Lifecycle.Complete;
        world.Broken.Add("a");

        world.Run(5);

        var sprite = world.Sprite;
        Assert.Equal((ConnectionMode.Service, null, 0), (sprite.ConnectionMode, sprite.FailureCode, sprite.FailureStreak));
        Assert.Equal("loop a: it has not run yet", sprite.LoopFault);
        Assert.Contains("b", world.State.Loops.Keys);
        world.Broken.Clear();
        Assert.Null(world.Run(5).Sprite.LoopFault);
    }

    [Fact]
    public void A_sprite_of_which_no_loop_can_be_read_is_said_to_be_so_and_its_service_is_used_on()
    {
        var world = new PollWorld(ByService);
        world.Broken.Add("a");

        world.Run(600);

        Assert.Equal((ConnectionMode.Service, FailureCodes.SnapshotUnavailable), (world.Sprite.ConnectionMode, world.Sprite.FailureCode));
        Assert.Equal("loop a: it has not run yet", world.Sprite.Fault);
    }

    [Fact]
    public void A_copy_that_cannot_be_kept_is_a_fault_until_it_can()
    {
        var world = new PollWorld(ByService) { IsCopyWell = false }.Run(0);
        Assert.Equal((FailureCodes.ProjectionFailed, null), (world.Sprite.FailureCode, world.Sprite.GoodAt));

        world.IsCopyWell = true;
        Assert.Equal((null, true), (world.Run(5).Sprite.FailureCode, world.Sprite.GoodAt is not null));
    }

    [Fact]
    public void Whoever_waits_for_a_loop_is_answered_by_the_round_that_begins_after_the_question()
    {
        var world = new PollWorld(ByService) { Latency = TimeSpan.FromMilliseconds(100) }.Run(10.05);
        Assert.True(world.IsAsking);

        world.Refresh(7, "a").Run(0.05);
        Assert.Empty(world.Answers);
        world.Run(0.1);

        Assert.Equal([new RefreshAnswer(7, null)], world.Answers);
    }

    [Fact]
    public void Whoever_waits_for_a_loop_that_cannot_be_read_is_told_why()
    {
        var world = new PollWorld(ByService);
        world.Loops["b"] = Lifecycle.Running;
        world.Run(10);
        world.Broken.Add("a");
        world.Refresh(1, "a").Refresh(2, "b").Run(0);
        world.IsServiceWell = false;
        world.Refresh(3, "b").Run(0);

        Assert.Equal(["it has not run yet", null, "it answered 503"], world.Answers.Select(static answer => answer.Fault));
        Assert.Equal([1, 2, 3], world.Answers.Select(static answer => answer.Id));
    }

    [Fact]
    public void Whoever_waits_wakes_a_sleeper_once()
    {
        var world = new PollWorld(ByService with { HasPlatform = true }) { Platform = PowerState.Cold }.Run(600);
        world.Refresh(1, "a").Run(0);

        Assert.Equal([new RefreshAnswer(1, null)], world.Answers);
    }

    [Fact]
    public void A_sprite_that_is_watched_anew_is_asked_by_what_was_known_of_it()
    {
        var world = new PollWorld(ByService) { Latency = TimeSpan.FromMilliseconds(100) }.Run(10.05);
        Assert.True(world.IsAsking);

        var step = new SpritePoller(ByService).Step(world.State, new PollInput.Started(world.Now));

        Assert.Equal((null, ConnectionMode.Service), (step.State.Round, step.State.Sprite.ConnectionMode));
        Assert.Equal(world.Sprite, Assert.IsType<PollAction.Tell>(step.Action).State);
    }

    [Fact]
    public void An_answer_that_nobody_waits_for_changes_nothing()
    {
        var world = new PollWorld(ByService).Run(10);
        var before = world.State;

        world.Give(new PollInput.LoopsListed(world.Now, [])).Give(new PollInput.ProbedWell(world.Now));
        world.Give(new PollInput.Failed(world.Now, "code", "words")).Give(new PollInput.Done(world.Now));

        Assert.Equal(before, world.State);
    }
}
