using System.IO.Abstractions;
using System.Text.Json.Nodes;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;
using OpsManager.Tests.Service;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>What may go wrong in a part leaves the rest as it is: one loop, one file, one answer, over real connections.</summary>
public sealed class SpriteSoundnessTests
{
    private static readonly SpriteOptions Touchy = WatchedSprite.Quick with
    {
        Retries = 1,
        BudgetLeast = 3,
        BreakerLeast = 4,
        FallBackAfter = TimeSpan.FromMilliseconds(300)
    };

    [Fact]
    public async Task A_loop_that_cannot_be_read_is_told_and_the_others_are_read_and_acted_on()
    {
        using var shell = Shell.At("completes");
        Directory.CreateDirectory(shell.Full(".superloop/loops/not-run-yet"));
        await using var service = await RunningService.StartAsync(shell.Root);
        using var sprite = new WatchedSprite(service.Address, options: Touchy, loops: ["named-and-not-there", Shell.Loop]);

        await sprite.LoopAsync(Shell.Loop, 50);
        RunningService.Until(() => service.Log.Count > 60);
        var repo = await sprite.UntilAsync(static repo => repo.Sprite is { LoopFault: not null });

        Assert.Equal(
            (ConnectionMode.Service, null, 0, 0),
            (repo.Sprite!.ConnectionMode, repo.Sprite.FailureCode, repo.Sprite.FailureStreak, repo.Sprite.Budget.Failed));
        Assert.Null(await sprite.Source.RefreshAsync(Shell.Loop, TestContext.Current.CancellationToken));
        Assert.Contains(
            "named-and-not-there", await sprite.Source.RefreshAsync("named-and-not-there", TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sprite_of_which_no_loop_can_be_read_is_said_to_be_so_and_its_service_is_used_on()
    {
        using var shell = Shell.At("completes");
        Directory.CreateDirectory(shell.Full(".superloop/loops/not-run-yet"));
        Directory.Delete(shell.Full($".superloop/loops/{Shell.Loop}"), recursive: true);
        await using var service = await RunningService.StartAsync(shell.Root);
        using var sprite = new WatchedSprite(service.Address, options: Touchy);

        var repo = await sprite.UntilAsync(static repo => repo.Sprite is { FailureStreak: > 8 });

        Assert.Equal((ConnectionMode.Service, "snapshot_unavailable"), (repo.Sprite!.ConnectionMode, repo.Sprite.FailureCode));
    }

    [Fact]
    public async Task A_file_that_cannot_be_had_at_first_is_had_later_and_what_is_of_two_moments_is_not_compared()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        var fails = true;
        await using var relay = new RelayService(service)
        {
            Does = (_, path, _) => fails && path.Contains("usage.jsonl", StringComparison.Ordinal) ? Relaying.Lose : Relaying.Pass
        };
        File.WriteAllText(shell.Full($".superloop/loops/{Shell.Loop}/usage.jsonl"), """{"timestamp":"2026-01-01T00:00:00Z"}""" + "\n");
        using var sprite = new WatchedSprite(
            relay.Address, options: WatchedSprite.Quick with { Retries = 1, BreakerLeast = 1000, BudgetLeast = 1000 });
        await sprite.LoopAsync(Shell.Loop, 50);
        Assert.Null(sprite.Source.Said(Shell.Loop));

        fails = false;
        RunningService.Until(() => sprite.Source.Said(Shell.Loop) is not null);
        var copy = Path.Combine(sprite.Source.Repo, ".superloop", "loops", Shell.Loop);
        Assert.Equal(
            File.ReadAllBytes(shell.Full($".superloop/loops/{Shell.Loop}/run-summary.json")),
            File.ReadAllBytes(Path.Combine(copy, "run-summary.json")));
        Assert.True(File.Exists(Path.Combine(copy, "usage.jsonl")));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_copied_as_they_are_and_what_is_appended_behind_them_too()
    {
        using var shell = Shell.At("completes");
        var there = shell.Full($".superloop/loops/{Shell.Loop}/decisions.jsonl");
        File.WriteAllBytes(there, [.. "{\"note\":\""u8, 0xE9, .. "\"}\n"u8]);
        await using var service = await RunningService.StartAsync(shell.Root);
        using var sprite = new WatchedSprite(service.Address);
        await sprite.LoopAsync(Shell.Loop, 50);
        var copy = Path.Combine(sprite.Source.Repo, ".superloop", "loops", Shell.Loop, "decisions.jsonl");
        RunningService.Until(() => File.Exists(copy));

        File.AppendAllText(there, "{\"decision\":\"approved\"}\n");

        RunningService.Until(() => new FileInfo(copy).Length == new FileInfo(there).Length);
        Assert.Equal(File.ReadAllBytes(there), File.ReadAllBytes(copy));
    }

    [Theory]
    [InlineData("""{"ok":true,"schemaVersion":"v1","traceId":null,"repoPath":"/r","loops":[null]}""")]
    [InlineData("""{"ok":true,"schemaVersion":"v1","traceId":null,"repoPath":null,"loops":null}""")]
    public async Task An_answer_with_holes_is_a_fault_and_the_sprite_is_asked_again(string list)
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        var isBroken = true;
        await using var relay = new RelayService(service) { Changes = (path, body) => isBroken && path == "/ops/loops" ? list : body };
        using var sprite = new WatchedSprite(relay.Address, options: WatchedSprite.Quick with { FallBackAfter = TimeSpan.FromHours(1) });
        await sprite.UntilAsync(static repo => repo.Sprite is { FailureStreak: > 2 });

        isBroken = false;
        await sprite.LoopAsync(Shell.Loop, 50);
    }

    [Fact]
    public async Task A_service_that_is_well_again_is_used_though_the_other_way_does_not_work()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        await using var relay = new RelayService(service) { Does = static (_, _, _) => Relaying.Lose };
        using var pull = new PathTransport(new FileSystem(), TimeProvider.System, "/no/such/place", "t");
        using var sprite = new WatchedSprite(relay.Address, pull, Touchy with { PullPath = TimeSpan.FromMilliseconds(30) });
        await sprite.UntilAsync(static repo => repo.Sprite is { ConnectionMode: ConnectionMode.LastKnown, IsSilent: true });

        relay.Does = static (_, _, _) => Relaying.Pass;
        await sprite.UntilAsync(static repo => repo.Sprite is { ConnectionMode: ConnectionMode.Service });
    }

    [Fact]
    public async Task A_loop_that_comes_back_as_it_was_is_shown_again()
    {
        using var shell = Shell.At("two-loops");
        await using var service = await RunningService.StartAsync(shell.Root);
        using var sprite = new WatchedSprite(service.Address);
        var loop = Path.GetFileName(Directory.GetDirectories(shell.Full(".superloop/loops"))[0]);
        await sprite.LoopAsync(loop, 1);

        Directory.Move(shell.Full($".superloop/loops/{loop}"), shell.Full("away"));
        await sprite.UntilAsync(repo => !repo.Loops.TryGetValue(loop, out var known) || !known.Exists);
        Directory.Move(shell.Full("away"), shell.Full($".superloop/loops/{loop}"));

        await sprite.LoopAsync(loop, 1);
    }

    [Fact]
    public async Task Who_waits_for_a_sprite_that_is_not_watched_any_more_is_told_so()
    {
        using var repo = new LiveRepo();
        await using var service = await RunningService.StartAsync(repo.Root);
        Task<string?> waiting;
        SpriteSource source;
        using (var sprite = new WatchedSprite(service.Address))
        {
            await sprite.LoopAsync(LiveRepo.Loop, 2);
            source = sprite.Source;
            await service.DisposeAsync();
            waiting = source.RefreshAsync(LiveRepo.Loop, TestContext.Current.CancellationToken);
        }

        Assert.NotNull(await waiting.WaitAsync(WatchedSprite.Patience, TestContext.Current.CancellationToken));
        RunningService.Until(() => source.RefreshAsync(
            LiveRepo.Loop, TestContext.Current.CancellationToken) is { IsCompleted: true, Result: "the sprite is no longer watched" });
    }

    [Fact]
    public async Task A_large_page_is_asked_for_in_halves()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        var asked = new List<string>();
        await using var relay = new RelayService(service)
        {
            Changes = (path, body) =>
            {
                lock (asked)
                {
                    asked.Add(path);
                }

                return path.Contains("/ops/events", StringComparison.Ordinal) && JsonNode.Parse(body)!["events"]!.AsArray().Count > 20
                    ? new string(' ', SpriteHttp.MaxBytes + 1)
                    : body;
            },
        };
        using var sprite = new WatchedSprite(relay.Address);

        await sprite.LoopAsync(Shell.Loop, 50);

        Assert.Contains(asked, static path => path.Contains("maxEvents=500", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_several_loops_only_those_that_have_changed_are_asked_for()
    {
        using var repo = new LiveRepo();
        repo.AddLoop("done-one");
        repo.AddLoop("done-two");
        await using var service = await RunningService.StartAsync(repo.Root);
        using var sprite = new WatchedSprite(service.Address);
        await sprite.LoopAsync("done-one", 2);
        await sprite.LoopAsync("done-two", 2);
        await sprite.LoopAsync(LiveRepo.Loop, 2);
        var before = service.Log.Count;

        RunningService.Until(() => service.Log.Count > before + 20);
        repo.Append("role_start", "tester");
        await sprite.LoopAsync(LiveRepo.Loop, 3);

        Assert.DoesNotContain(service.Log.Skip(before), static line => line.Contains("loop=done-", StringComparison.Ordinal));
        Assert.InRange(service.Log.Skip(before).Count(static line => line.Contains("/ops/snapshot", StringComparison.Ordinal)), 1, 4);
    }
}
