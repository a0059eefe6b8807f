using OpsManager.Core.Sprite;
using OpsManager.Tests.Service;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>A sprite sleeps, as its platform says, over real connections: nothing wakes it but the operator.</summary>
public sealed class SpriteSleepTests
{
    [Theory]
    [InlineData("warm")]
    [InlineData("cold")]
    public async Task A_sprite_that_sleeps_is_not_asked_and_is_called_asleep_until_the_operator_wakes_it(string word)
    {
        using var shell = Shell.At("approval-approved", 11223);
        await using var service = await RunningService.StartAsync(shell.Root);
        var status = word;
        await using var platform = new ScriptedService((path, _) => path == "/v1/sprites/app"
            ? ScriptedService.Json(200, $$"""{"name":"app","status":"{{status}}","url":"x"}""")
            : ScriptedService.Json(404, "{}"));
        using var sprite = Watched(service, platform);

        var asleep = await sprite.UntilAsync(static repo => repo.Sprite is { AsleepSince: not null });
        await PlatformAskedAsync(platform, 5);
        Assert.Empty(service.Log);
        Assert.Equal((null, TimeSpan.Zero, word), (asleep.Sprite!.Fault, asleep.Sprite.KeptAwake, asleep.Sprite.PowerState.Word()));

        status = "running";
        sprite.Source.Wake();
        await sprite.LoopAsync(Shell.Loop, 1);
        var awake =
            await sprite.UntilAsync(
                static repo => repo.Sprite is { AsleepSince: null, ConnectionMode: ConnectionMode.Service, KeptAwake.Ticks: > 0 });
        Assert.Equal(PowerState.Running, awake.Sprite!.PowerState);
    }

    [Fact]
    public async Task A_sprite_that_falls_asleep_keeps_what_was_read_and_is_neither_stale_nor_failed()
    {
        using var shell = Shell.At("approval-approved", 11223);
        await using var service = await RunningService.StartAsync(shell.Root);
        var status = "running";
        await using var platform = new ScriptedService((_, _) => ScriptedService.Json(200, $$"""{"status":"{{status}}"}"""));
        using var sprite = Watched(service, platform);
        await sprite.LoopAsync(Shell.Loop, 1);

        status = "warm";
        var asleep = await sprite.UntilAsync(static repo => repo.Sprite is { AsleepSince: not null });
        await PlatformAskedAsync(platform, 2);
        var requests = service.Log.Count;
        await PlatformAskedAsync(platform, 5);

        Assert.Equal(requests, service.Log.Count);
        Assert.Null(asleep.Failure);
        Assert.DoesNotContain(asleep.Loops[Shell.Loop].Health.Codes, static code => code == "transport_unreachable");
        // Silence is measured to the last moment at which anything was heard.
        var later = await sprite.UntilAsync(repo => repo.Now > asleep.Now);
        Assert.Equal(later.Sprite!.GoodAt, later.HeardUntil);

        // Somebody else has woken it: what they did there is looked at, though nobody asked.
        status = "running";
        await sprite.UntilAsync(static repo => repo.Sprite is { AsleepSince: null });
        RunningService.Until(() => service.Log.Count > requests);
    }

    [Fact]
    public async Task A_platform_that_does_not_answer_leaves_the_sprite_to_be_asked_itself()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        await using var platform = new ScriptedService(static (_, _) => ScriptedService.Json(500, "{}"));
        using var sprite = Watched(service, platform);

        await sprite.LoopAsync(Shell.Loop, 50);

        Assert.Equal(PowerState.Unknown, sprite.Newest!.Sprite!.PowerState);
    }

    [Fact]
    public async Task A_platform_that_fails_later_leaves_a_sleeper_alone()
    {
        using var shell = Shell.At("approval-approved", 11223);
        await using var service = await RunningService.StartAsync(shell.Root);
        await using var platform = new ScriptedService(static (_, _) => ScriptedService.Json(200, """{"status":"warm"}"""));
        using var sprite = Watched(service, platform);
        await sprite.UntilAsync(static repo => repo.Sprite is { AsleepSince: not null });

        platform.Answer = static (_, _) => ScriptedService.Json(500, "{}");
        await PlatformAskedAsync(platform, 5);

        Assert.Empty(service.Log);
        Assert.NotNull(sprite.Source.State.AsleepSince);
    }

    [Fact]
    public async Task Runs_that_are_over_are_asked_for_ever_more_rarely_and_then_not_at_all()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        using var sprite = new WatchedSprite(
            service.Address,
            options: WatchedSprite.Quick with { Pace = WatchedSprite.Quick.Pace with { OverAfter = TimeSpan.FromMilliseconds(500) } });

        await sprite.UntilAsync(static repo => repo.Sprite is { IsLeftAlone: true, GoodAt: not null });
        var requests = service.Log.Count;
        sprite.Source.Wake();
        await sprite.UntilAsync(static repo => repo.Sprite is { IsLeftAlone: false });

        RunningService.Until(() => service.Log.Count > requests);
    }

    private static WatchedSprite Watched(RunningService service, ScriptedService platform) => new(
        service.Address, platform: new Uri(platform.Address),
        options: WatchedSprite.Quick with { Platform = TimeSpan.FromMilliseconds(40), Hurry = TimeSpan.FromMilliseconds(300) });

    private static Task PlatformAskedAsync(ScriptedService platform, int more)
    {
        var wanted = platform.Requests + more;
        RunningService.Until(() => platform.Requests >= wanted);
        return Task.CompletedTask;
    }
}
