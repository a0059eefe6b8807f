using CsCheck;
using OpsManager.Contract;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>What holds for every poller, whatever happens to its sprite, its platform and its service, and in whatever order.</summary>
public sealed class SpritePollerPropertyTests
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(60);

    private static readonly Gen<PollSettings> Settings = Gen.Select(Gen.OneOf("", "path", "command"), Gen.Bool, Gen.Bool, Gen.Bool).Select(
        static (pull, hasService, hasPlatform, mayWake) => new PollSettings
        {
            Name = "app",
            HasService = hasService || pull.Length == 0,
            PullWord = pull.Length == 0 ? null : pull,
            PullInterval = TimeSpan.FromSeconds(pull == "command" ? 10 : 1),
            HasPlatform = hasPlatform,
            MayWake = mayWake,
        });

    /// <summary>One thing that happens, and what it is called when a property fails.</summary>
    private static readonly Gen<(string Name, Action<PollWorld> Do)> Happening = Gen.OneOf<(string, Action<PollWorld>)>(
        Gen.Double[0, 3].Select(Passes),
        Gen.Double[0, 90].Select(Passes),
        Gen.Double[0, 1000].Select(Passes),
        Gen.Bool.Select(static well => ($"service is well: {well}", (Action<PollWorld>)(world => world.IsServiceWell = well))),
        Gen.Bool.Select(static well => ($"other way is well: {well}", (Action<PollWorld>)(world => world.IsPullWell = well))),
        Gen.Bool.Select(static well => ($"copy is well: {well}", (Action<PollWorld>)(world => world.IsCopyWell = well))),
        Gen.Bool.Select(static changes => ($"changes: {changes}", (Action<PollWorld>)(world => world.Changes = changes))),
        Gen.Bool.Select(static lists => ($"lists: {lists}", (Action<PollWorld>)(world => world.Lists = lists))),
        Gen.Bool.Select(static tagged => ($"tagged: {tagged}", (Action<PollWorld>)(world => world.IsTagged = tagged))),
        Gen.Int[0, 2].Select(static hidden => ($"hidden failures: {hidden}", (Action<PollWorld>)(world => world.Hidden = hidden))),
        Gen.Int[0, 4000].Select(static ms =>
            ($"latency: {ms} ms", (Action<PollWorld>)(world => world.Latency = TimeSpan.FromMilliseconds(ms)))),
        Gen.Int[1, 90].Select(
            static s => ($"retry-after: {s} s", (Action<PollWorld>)(world => world.RetryAfter = TimeSpan.FromSeconds(s)))),
        Gen.Const(("no retry-after", (Action<PollWorld>)(static world => world.RetryAfter = null))),
        Gen.Enum<PowerState>().Select(static said => ($"platform: {said}", (Action<PollWorld>)(world => world.Platform = said))),
        Gen.Const(("the platform does not answer", (Action<PollWorld>)(static world => world.Platform = null))),
        Gen.Select(Gen.OneOf("a", "b", "c"), Gen.Enum<Lifecycle>()).Select(static (loop, lifecycle) =>
            ($"loop {loop}: {lifecycle}", (Action<PollWorld>)(world => world.Loops[loop] = lifecycle))),
        Gen.OneOf("a", "b", "c").Select(static loop => ($"loop {loop} is gone", (Action<PollWorld>)(world => world.Loops.Remove(loop)))),
        Gen.OneOf("a", "b", "c").Select(static loop => ($"loop {loop} is broken", (Action<PollWorld>)(world => world.Broken.Add(loop)))),
        Gen.Const(("nothing is broken", (Action<PollWorld>)(static world => world.Broken.Clear()))),
        Gen.Const(("W", (Action<PollWorld>)(static world => world.Wake()))),
        Gen.OneOf("a", "b").Select(static loop => ($"refresh {loop}", (Action<PollWorld>)(world => world.Refresh(1, loop)))),
        Gen.Const(("a stray answer", (Action<PollWorld>)(static world => Stray(world)))));

    [Fact]
    public void One_thing_at_a_time_no_sleeper_is_woken_and_no_rest_is_too_long() => Worlds(40).Sample(
        static (settings, happenings) =>
        {
            // The world itself fails where a second thing is wanted before the first has ended.
            var world = new PollWorld(settings);
            world.Watches = action => Check(world, action);
            foreach (var (_, happen) in happenings)
            {
                happen(world);
            }
        },
        iter: 200,
        print: Print);

    [Fact]
    public void Time_never_makes_it_stand_still_but_where_it_sleeps_or_is_left_alone() => Worlds(30).Sample(
        static (settings, happenings) =>
        {
            var world = After(settings, happenings);
            var from = world.Now;

            world.Run(150);

            var isQuiet = (world.Sprite.PowerState.IsAsleep() && !settings.MayWake) || world.Sprite.IsLeftAlone;
            Assert.True(isQuiet || world.RequestsSince(from).Length > 0, $"nothing was asked; {world.Sprite}");
            Assert.True(!settings.HasPlatform || world.WantedSince<PollAction.AskPlatform>(from).Any(), "the platform was not asked");
        },
        iter: 200,
        print: Print);

    [Fact]
    public void Whatever_happened_a_spent_budget_leads_to_the_other_way_and_a_service_that_is_well_again_is_used_again() =>
        Worlds(30).Sample(
            static (settings, happenings) =>
            {
                var both = settings with { HasService = true, PullWord = "path", PullInterval = TimeSpan.FromSeconds(1) };
                var world = After(both, happenings);
                AllWell(world);
                world.IsServiceWell = false;

                // As long as it fails it is not used, though it may just have been used again.
                world.Run(200);
                Assert.Equal(ConnectionMode.Pull, world.Sprite.ConnectionMode);

                AllWell(world);
                world.Wake().Run(200);
                Assert.Equal(
                    (ConnectionMode.Service, null, 0), (world.Sprite.ConnectionMode, world.Sprite.Fault, world.Sprite.Budget.Failed));

                world.Hidden = 2;
                world.Run(30);
                Assert.Equal(ConnectionMode.Pull, world.Sprite.ConnectionMode);
                Assert.True(world.Sprite.Budget.IsSpent);
            },
            iter: 150,
            print: Print);

    [Fact]
    public void Whoever_waits_is_answered_once() => Worlds(30).Sample(
        static (settings, happenings) =>
        {
            var world = After(settings, happenings);
            world.Answers.Clear();

            world.Refresh(42, "a").Run(120);

            Assert.Single(world.Answers, static answer => answer.Id == 42);
        },
        iter: 150,
        print: Print);

    private static Gen<(PollSettings Settings, (string Name, Action<PollWorld> Do)[] Happenings)> Worlds(int most) =>
        Gen.Select(Settings, Happening.Array[1, most]);

    private static string Print((PollSettings Settings, (string Name, Action<PollWorld> Do)[] Happenings) one) =>
        $"{one.Settings with { Options = null! }}\n{string.Join('\n', one.Happenings.Select(static happening => happening.Name))}";

    private static (string, Action<PollWorld>) Passes(double seconds) => ($"{seconds:0.###} s pass", world => world.Run(seconds));

    private static PollWorld After(PollSettings settings, (string Name, Action<PollWorld> Do)[] happenings)
    {
        var world = new PollWorld(settings);
        foreach (var (_, happen) in happenings)
        {
            happen(world);
        }

        return world;
    }

    /// <summary>A run is at work in a sprite that is awake, and all that it needs is well.</summary>
    private static void AllWell(PollWorld world)
    {
        (world.IsServiceWell, world.IsPullWell, world.IsCopyWell, world.Lists, world.Changes) = (true, true, true, true, true);
        (world.Hidden, world.RetryAfter, world.Latency, world.Platform) = (0, null, TimeSpan.FromMilliseconds(20), PowerState.Running);
        world.Broken.Clear();
        world.Loops["a"] = Lifecycle.Running;
        world.Wake().Run(25);
    }

    private static void Stray(PollWorld world)
    {
        if (world.Action is PollAction.Rest)
        {
            world.Give(new PollInput.Done(world.Now))
                .Give(new PollInput.LoopRead(world.Now, null))
                .Give(new PollInput.ProbedWell(world.Now));
        }
    }

    /// <summary>What must hold of everything that is wanted.</summary>
    private static void Check(PollWorld world, PollAction action)
    {
        var (settings, sprite) = (world.Settings, world.Sprite);
        if (action is PollAction.Rest rest)
        {
            var isQuiet = (rest.State.PowerState.IsAsleep() || rest.State.IsLeftAlone) && !settings.HasPlatform;
            Assert.True(rest.For is { } wait ? wait >= TimeSpan.Zero && wait <= LongestRest : isQuiet, $"a rest for {rest.For}");
        }

        if (PollWorld.IsRequest(action))
        {
            var isWaitedFor = world.State.Round is { Waiting.IsEmpty: false };
            var isAsked = isWaitedFor || world.State.RoundAt - world.AskedAt < settings.Options.Hurry;
            Assert.True(isAsked || settings.MayWake || !sprite.PowerState.IsAsleep(), $"{action} wakes a sleeper");
            var isToService =
                action is PollAction.Probe
                    or PollAction.ListLoops { Way: ConnectionMode.Service } or PollAction.ReadLoop { Way: ConnectionMode.Service };
            Assert.False(
                isToService && !isWaitedFor && world.Now < world.HeldUntil,
                $"{action} comes before {world.HeldUntil:T}, at {world.Now:T}");
        }

        var budget = sprite.Budget;
        Assert.True(budget is { Failed: >= 0, Allowed: >= 1, Burn: >= 0 } && budget.Failed <= budget.Total, $"{budget}");
    }
}
