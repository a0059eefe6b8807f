using System.IO.Abstractions;
using System.Text.Json.Nodes;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;
using OpsManager.Tests.Service;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

public sealed class SpriteFaultTests
{
    private static readonly SpriteOptions OneTry = WatchedSprite.Quick with { Retries = 1, BreakerLeast = 1000 };

    [Theory]
    [InlineData(401, "refused the token", "service_request_failed")]
    [InlineData(404, "answered 404", "service_request_failed")]
    [InlineData(409, "answered 409", "service_request_failed")]
    [InlineData(500, "answered 500", "service_request_failed")]
    [InlineData(429, "answered 429", "service_request_failed")]
    [InlineData(302, "redirects to another address", "service_request_failed")]
    [InlineData(200, "invalid", "service_response_invalid")]
    public async Task An_answer_that_is_no_snapshot_is_a_fault_with_a_reason_and_in_health(int status, string reason, string code)
    {
        await using var service = new ScriptedService(
            (_, _) => ScriptedService.Json(status, "{\"x\":1}", status == 302 ? "Location: http://192.0.2.1/\r\n" : ""));
        using var sprite = new WatchedSprite(service.Address, options: OneTry, loops: ["a"]);

        var repo = await sprite.UntilAsync(static repo => repo.Sprite is { FailureCode: not null });

        Assert.Contains(reason, repo.Sprite!.Fault, StringComparison.Ordinal);
        Assert.Equal(code, repo.Sprite.FailureCode);
    }

    [Fact]
    public async Task A_packed_answer_is_not_unpacked()
    {
        await using var service = new ScriptedService((_, _) => ScriptedService.Json(200, "{}", "Content-Encoding: gzip\r\n"));
        using var sprite = new WatchedSprite(service.Address, options: OneTry, loops: ["a"]);

        Assert.Contains(
            "compressed",
            (await sprite.UntilAsync(static repo => repo.Sprite is { FailureCode: "service_response_invalid" })).Sprite!.Fault,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_cut_in_the_middle_is_asked_for_again()
    {
        await using var service = new ScriptedService((_, _) => "HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\n{\"half\":");
        using var sprite = new WatchedSprite(
            service.Address, options: WatchedSprite.Quick with { Retries = 2, BreakerLeast = 1000 }, loops: ["a"]);

        var repo = await sprite.UntilAsync(static repo => repo.Sprite is { FailureCode: not null });

        Assert.Contains("cannot be reached", repo.Sprite!.Fault, StringComparison.Ordinal);
        Assert.True(service.Requests >= 3);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9", "cannot be reached")]
    [InlineData("http://no-such-host.invalid", "cannot be reached")]
    public async Task A_service_that_is_not_there_is_not_reached_and_the_last_state_stays(string address, string reason)
    {
        using var sprite = new WatchedSprite(address, options: OneTry with { FallBackAfter = TimeSpan.Zero }, loops: ["a"]);

        var repo = await sprite.UntilAsync(
            static repo => repo.Sprite is { ConnectionMode: ConnectionMode.LastKnown } && repo.Failure is not null);

        Assert.Contains(reason, repo.Failure!.Value.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_without_encryption_behind_https_is_no_trusted_connection_and_not_asked_again_at_once()
    {
        await using var service = new ScriptedService((_, _) => ScriptedService.Json(200, "{}"));
        using var sprite = new WatchedSprite(
            service.Address.Replace("http:", "https:", StringComparison.Ordinal), options: OneTry, loops: ["a"]);

        Assert.Contains(
            "TLS", (await sprite.UntilAsync(static repo => repo.Sprite is { FailureCode: not null })).Sprite!.Fault,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_service_gives_way_to_the_path_and_is_used_again_when_it_is_well_and_agrees()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        await using var front = new ScriptedService((_, _) => ScriptedService.Json(500, "{}"));
        using var sprite = new WatchedSprite(
            front.Address, new PathTransport(new FileSystem(), TimeProvider.System, shell.Root, "t"),
            OneTry with { FallBackAfter = TimeSpan.FromMilliseconds(100), PullPath = TimeSpan.FromMilliseconds(30) });

        var pulled = await sprite.UntilAsync(static repo => repo.Sprite is { ConnectionMode: ConnectionMode.Pull, GoodAt: not null }
            && repo.Loops.TryGetValue(Shell.Loop, out var loop)
            && loop.Tally.Lines == 50);
        Assert.Contains("answered 500", pulled.Sprite!.Fault, StringComparison.Ordinal);

        var there = (await service.Http.GetStringAsync($"ops/snapshot?loopId={Shell.Loop}", TestContext.Current.CancellationToken))!;
        var loops = await service.Http.GetStringAsync("ops/loops", TestContext.Current.CancellationToken);
        var other = JsonNode.Parse(there)!;
        other["run"]!["status"] = "failed";
        front.Answer = (path, _) =>
            ScriptedService.Json(200, path.Contains("loops", StringComparison.Ordinal) ? loops : other.ToJsonString());
        var differing =
            await sprite.UntilAsync(static repo => repo.Sprite!.Fault?.Contains("contract status", StringComparison.Ordinal) == true);
        Assert.Equal(ConnectionMode.Pull, differing.Sprite!.ConnectionMode);

        front.Answer = (path, _) => ScriptedService.Json(200, path.Contains("loops", StringComparison.Ordinal) ? loops
            : path.Contains("snapshot", StringComparison.Ordinal) ? there
            : service.Http.GetStringAsync(path).GetAwaiter().GetResult());
        Assert.Null((await sprite.UntilAsync(static repo => repo.Sprite is { ConnectionMode: ConnectionMode.Service })).Sprite!.Fault);
    }

    [Fact]
    public async Task An_older_cursor_is_a_regression_and_the_lines_that_were_read_are_set_aside_and_not_lost()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        using var sprite = new WatchedSprite(service.Address);
        await sprite.LoopAsync(Shell.Loop, 50);

        File.WriteAllLines(
            shell.Full($".superloop/loops/{Shell.Loop}/events.jsonl"),
            File.ReadLines(shell.Full($".superloop/loops/{Shell.Loop}/events.jsonl")).Take(10).ToArray());

        var repo = await sprite.UntilAsync(static repo => repo.Loops[Shell.Loop].Trigger is not null);
        Assert.Equal(RollbackCauses.CursorRegression, repo.Loops[Shell.Loop].Trigger!.Cause);
        Assert.Equal(
            50, File.ReadLines(Path.Combine(sprite.Source.Repo, ".superloop", "loops", Shell.Loop, "events.jsonl.aside.1")).Count());
    }

    [Fact]
    public async Task A_plain_v1_service_is_read_with_the_loops_that_are_named()
    {
        using var shell = Shell.At("approval-approved", 11223);
        await using var service = await RunningService.StartAsync(shell.Root);
        await using var plain = new ScriptedService((_, _) => null);
        plain.Answer = (path, _) =>
        {
            if (!path.Contains("/ops/snapshot", StringComparison.Ordinal) && !path.Contains("/ops/events", StringComparison.Ordinal))
            {
                return ScriptedService.Json(404, "{}");
            }

            var said = JsonNode.Parse(service.Http.GetStringAsync(path).GetAwaiter().GetResult())!.AsObject();
            foreach (var additive in (string[])["assessment", "process", "processObservable", "files"])
            {
                said.Remove(additive);
            }

            return ScriptedService.Json(200, said.ToJsonString());
        };
        using var sprite = new WatchedSprite(plain.Address, loops: [Shell.Loop]);

        var repo = await sprite.UntilAsync(static repo =>
            repo.Loops.TryGetValue(Shell.Loop, out var loop) && loop.Approval.Value is { IsPending: true } && loop.Tally.Lines > 0);

        Assert.Equal(OpsManager.Contract.Lifecycle.AwaitingApproval, repo.Loops[Shell.Loop].Verdict.Lifecycle);
        Assert.False(repo.Sprite!.SeesDecisions);
    }

    [Fact]
    public async Task A_token_is_shown_to_the_service_and_told_nowhere()
    {
        using var shell = Shell.At("completes");
        await using var service =
            await RunningService.StartAsync(shell.Root, change: static options => options with { Token = "secret-of-service" });
        using var sprite = new WatchedSprite(service.Address, token: "secret-of-service");
        using var stranger = new WatchedSprite(service.Address, token: "wrong-secret", options: OneTry);

        await sprite.LoopAsync(Shell.Loop, 50);
        var refused = await stranger.UntilAsync(static repo => repo.Sprite is { FailureCode: not null });

        Assert.Contains("refused the token", refused.Sprite!.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", $"{refused.Sprite} {string.Join(' ', service.Log)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_to_a_sprite_names_the_repository_over_there_and_never_the_copy()
    {
        using var shell = Shell.At("approval-approved", 11223);
        await using var service = await RunningService.StartAsync(shell.Root);
        using var sprite = new WatchedSprite(service.Address);
        var loop = await sprite.LoopAsync(Shell.Loop, 1);

        foreach (var intent in (Intent[])[new Intent.Approve(null), new Intent.Cancel()])
        {
            var plan = Planner.Plan(sprite.Newest!, loop, intent, "ann");
            Assert.Equal((Transports.SpriteService, true), (plan.Transport, plan.CanBeSent));
            Assert.Contains(shell.Root, plan.Arguments);
            Assert.DoesNotContain(sprite.Source.Repo, string.Join(' ', [.. plan.Arguments, .. plan.Effects]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_slow_answer_is_waited_for_and_one_that_never_comes_is_not()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        await using var relay = new RelayService(service)
        {
            Pause = (_, _, before) => before == 0 ? TimeSpan.FromMilliseconds(1500) : TimeSpan.Zero
        };
        using (var cold = new WatchedSprite(relay.Address))
        {
            await cold.LoopAsync(Shell.Loop, 50);
            Assert.Equal(0, cold.Newest!.Sprite!.Budget.Failed);
        }

        relay.Pause = static (_, _, _) => TimeSpan.FromMinutes(5);
        using var sprite = new WatchedSprite(
            relay.Address, options: OneTry with { Timeout = TimeSpan.FromMilliseconds(200) }, loops: ["a"]);
        Assert.Contains(
            "no answer within 0.2 s", (await sprite.UntilAsync(static repo => repo.Sprite is { FailureCode: not null })).Sprite!.Fault,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_about_another_loop_is_refused()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        await using var relay = new RelayService(service)
        {
            Changes = static (_, body) => body.Replace("\"loopId\":\"checkout-flow\"", "\"loopId\":\"other\"", StringComparison.Ordinal)
        };
        using var sprite = new WatchedSprite(relay.Address, options: OneTry, loops: [Shell.Loop]);

        var repo = await sprite.UntilAsync(static repo => repo.Sprite is { FailureCode: not null });

        Assert.Equal("service_response_invalid", repo.Sprite!.FailureCode);
        Assert.Contains("other", repo.Sprite.Fault, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(sprite.Source.Repo, ".superloop", "loops", Shell.Loop, "events.jsonl")));
    }

    [Fact]
    public async Task A_connection_that_a_pause_has_dropped_is_made_anew_and_nothing_is_lost_or_read_twice()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        await using var relay = new RelayService(service)
        {
            Does = static (_, _, before) => before % 3 == 1 ? Relaying.Lose : before % 3 == 2 ? Relaying.LoseAnswer : Relaying.Pass
        };
        using var sprite = new WatchedSprite(
            relay.Address, options: WatchedSprite.Quick with { Retries = 3, BreakerLeast = 1000, BudgetLeast = 1000 });

        await sprite.LoopAsync(Shell.Loop, 50);

        Assert.Equal(
            File
                .ReadLines(shell.Full($".superloop/loops/{Shell.Loop}/events.jsonl"))
                .Select(static line => JsonNode.Parse(line)!.ToJsonString()),
            File
                .ReadLines(Path.Combine(sprite.Source.Repo, ".superloop", "loops", Shell.Loop, "events.jsonl"))
                .Select(static line => JsonNode.Parse(line)!.ToJsonString()));
    }

    [Fact]
    public async Task A_busy_service_is_asked_again_when_it_says_so_and_not_before()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        var at = new List<long>();
        await using var front = new ScriptedService((_, number) =>
        {
            at.Add(System.Diagnostics.Stopwatch.GetTimestamp());
            return ScriptedService.Json(503, "{}", number == 1 ? "Retry-After: 1\r\n" : "");
        });
        using var sprite = new WatchedSprite(front.Address, options: OneTry, loops: ["a"]);

        var repo = await sprite.UntilAsync(static repo => repo.Sprite is { FailureCode: not null });

        Assert.Contains("answered 503", repo.Sprite!.Fault, StringComparison.Ordinal);
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(at[0], at[1]) >= TimeSpan.FromMilliseconds(900));
    }

    [Fact]
    public async Task A_spent_error_budget_leaves_the_last_state_until_the_service_is_well_again()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        await using var relay = new RelayService(service);
        using var sprite = new WatchedSprite(relay.Address, options: OneTry with { BudgetLeast = 3, Retries = 1 });
        await sprite.LoopAsync(Shell.Loop, 50);

        relay.Does = static (_, _, _) => Relaying.Lose;
        var lost = await sprite.UntilAsync(static repo => repo.Sprite is { ConnectionMode: ConnectionMode.LastKnown });
        Assert.True(lost.Sprite!.Budget.IsSpent);
        Assert.Equal((50, true), (lost.Loops[Shell.Loop].Tally.Lines, lost.Sprite.IsSilent));

        relay.Does = static (_, _, _) => Relaying.Pass;
        var back = await sprite.UntilAsync(static repo => repo.Sprite is { ConnectionMode: ConnectionMode.Service });
        Assert.Equal((null, 0), (back.Sprite!.Fault, back.Sprite.Budget.Failed));
    }

    [Fact]
    public async Task A_budget_that_is_spent_behind_retries_gives_way_to_the_path_too()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        await using var relay = new RelayService(service)
        {
            Does = static (_, _, before) => before % 3 == 1 ? Relaying.CutAnswer : Relaying.Pass
        };
        using var pull = new PathTransport(new FileSystem(), TimeProvider.System, shell.Root, "t");
        using var sprite = new WatchedSprite(relay.Address, pull, WatchedSprite.Quick with
        {
            BudgetLeast = 3,
            BreakerLeast = 1000,
            PullPath = TimeSpan.FromMilliseconds(30),
            Probe = TimeSpan.FromHours(1),
            Hurry = TimeSpan.Zero
        });

        var pulled = await sprite.UntilAsync(static repo => repo.Sprite is { ConnectionMode: ConnectionMode.Pull, GoodAt: not null });

        Assert.Contains("error budget", pulled.Sprite!.Fault, StringComparison.Ordinal);
        await sprite.LoopAsync(Shell.Loop, 50);
    }

    [Fact]
    public async Task A_service_that_fails_twice_degrades_health_as_the_contract_names_it()
    {
        using var shell = Shell.At("completes");
        var service = await RunningService.StartAsync(shell.Root);
        using var sprite = new WatchedSprite(
            service.Address, options: OneTry with { FallBackAfter = TimeSpan.FromHours(1), BudgetLeast = 1000 });
        await sprite.LoopAsync(Shell.Loop, 50);

        await service.DisposeAsync();

        var repo = await sprite.UntilAsync(static repo => repo.Loops[Shell.Loop].Health.Codes.Contains(HealthCodes.TransportUnreachable));
        Assert.Equal(ConnectionMode.Service, repo.Sprite!.ConnectionMode);
        Assert.Equal(50, repo.Loops[Shell.Loop].Tally.Lines);
    }
}
