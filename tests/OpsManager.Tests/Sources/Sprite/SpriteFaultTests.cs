using System.IO.Abstractions;
using System.Text.Json.Nodes;
using OpsManager.Core.Health;
using OpsManager.Core.Rollout;
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
    [InlineData(302, "points elsewhere", "service_request_failed")]
    [InlineData(200, "invalid", "service_response_invalid")]
    public async Task An_answer_that_is_no_snapshot_is_a_fault_with_a_reason_and_in_health(int status, string reason, string code)
    {
        await using var service = new ScriptedService((_, _) => ScriptedService.Json(status, "{\"x\":1}", status == 302 ? "Location: http://192.0.2.1/\r\n" : ""));
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

        Assert.Contains("packed", (await sprite.UntilAsync(static repo => repo.Sprite is { FailureCode: "service_response_invalid" })).Sprite!.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_cut_in_the_middle_is_asked_for_again()
    {
        await using var service = new ScriptedService((_, _) => "HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\n{\"half\":");
        using var sprite = new WatchedSprite(service.Address, options: WatchedSprite.Quick with { Retries = 2, BreakerLeast = 1000 }, loops: ["a"]);

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

        var repo = await sprite.UntilAsync(static repo => repo.Sprite is { Reach: Reach.LastKnown } && repo.Failure is not null);

        Assert.Contains(reason, repo.Failure!.Value.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_without_encryption_behind_https_is_no_trusted_connection_and_not_asked_again_at_once()
    {
        await using var service = new ScriptedService((_, _) => ScriptedService.Json(200, "{}"));
        using var sprite = new WatchedSprite(service.Address.Replace("http:", "https:", StringComparison.Ordinal), options: OneTry, loops: ["a"]);

        Assert.Contains("TLS", (await sprite.UntilAsync(static repo => repo.Sprite is { FailureCode: not null })).Sprite!.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_service_gives_way_to_the_path_and_is_used_again_when_it_is_well_and_agrees()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        await using var front = new ScriptedService((_, _) => ScriptedService.Json(500, "{}"));
        using var sprite = new WatchedSprite(front.Address, new PathTransport(new FileSystem(), TimeProvider.System, shell.Root, "t"), OneTry with { FallBackAfter = TimeSpan.FromMilliseconds(100), PullPath = TimeSpan.FromMilliseconds(30) });

        var pulled = await sprite.UntilAsync(static repo => repo.Sprite is { Reach: Reach.Pull, GoodAt: not null } && repo.Loops.TryGetValue(Shell.Loop, out var loop) && loop.Tally.Lines == 50);
        Assert.Contains("answered 500", pulled.Sprite!.Fault, StringComparison.Ordinal);

        var there = (await service.Http.GetStringAsync($"ops/snapshot?loopId={Shell.Loop}", TestContext.Current.CancellationToken))!;
        var loops = await service.Http.GetStringAsync("ops/loops", TestContext.Current.CancellationToken);
        var other = JsonNode.Parse(there)!;
        other["run"]!["status"] = "failed";
        front.Answer = (path, _) => ScriptedService.Json(200, path.Contains("loops", StringComparison.Ordinal) ? loops : other.ToJsonString());
        var differing = await sprite.UntilAsync(static repo => repo.Sprite!.Fault?.Contains("contract status", StringComparison.Ordinal) == true);
        Assert.Equal(Reach.Pull, differing.Sprite!.Reach);

        front.Answer = (path, _) => ScriptedService.Json(200, path.Contains("loops", StringComparison.Ordinal) ? loops
            : path.Contains("snapshot", StringComparison.Ordinal) ? there
            : service.Http.GetStringAsync(path).GetAwaiter().GetResult());
        Assert.Null((await sprite.UntilAsync(static repo => repo.Sprite is { Reach: Reach.Service })).Sprite!.Fault);
    }

    [Fact]
    public async Task An_older_cursor_is_a_regression_and_the_lines_that_were_read_are_set_aside_and_not_lost()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);
        using var sprite = new WatchedSprite(service.Address);
        await sprite.LoopAsync(Shell.Loop, 50);

        File.WriteAllLines(shell.Full($".superloop/loops/{Shell.Loop}/events.jsonl"), File.ReadLines(shell.Full($".superloop/loops/{Shell.Loop}/events.jsonl")).Take(10).ToArray());

        var repo = await sprite.UntilAsync(static repo => repo.Loops[Shell.Loop].Trigger is not null);
        Assert.Equal(RollbackCauses.CursorRegression, repo.Loops[Shell.Loop].Trigger!.Cause);
        Assert.Equal(50, File.ReadLines(Path.Combine(sprite.Source.Repo, ".superloop", "loops", Shell.Loop, "events.jsonl.aside.1")).Count());
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

        var repo = await sprite.UntilAsync(static repo => repo.Loops.TryGetValue(Shell.Loop, out var loop) && loop.Approval.Value is { IsPending: true } && loop.Tally.Lines > 0);

        Assert.Equal(OpsManager.Contract.Lifecycle.AwaitingApproval, repo.Loops[Shell.Loop].Verdict.Lifecycle);
        Assert.False(repo.Sprite!.SeesDecisions);
    }

    [Fact]
    public async Task A_token_is_shown_to_the_service_and_told_nowhere()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, change: static options => options with { Token = "secret-of-service" });
        using var sprite = new WatchedSprite(service.Address, token: "secret-of-service");
        using var stranger = new WatchedSprite(service.Address, token: "wrong-secret", options: OneTry);

        await sprite.LoopAsync(Shell.Loop, 50);
        var refused = await stranger.UntilAsync(static repo => repo.Sprite is { FailureCode: not null });

        Assert.Contains("refused the token", refused.Sprite!.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", $"{refused.Sprite} {string.Join(' ', service.Log)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_can_be_sent_by_a_command_of_this_host_to_a_run_that_is_elsewhere()
    {
        using var shell = Shell.At("approval-approved", 11223);
        await using var service = await RunningService.StartAsync(shell.Root);
        using var sprite = new WatchedSprite(service.Address);
        var loop = await sprite.LoopAsync(Shell.Loop, 1);
        var repo = await sprite.UntilAsync(static repo => repo.Sprite is not null);

        foreach (var intent in (OpsManager.Core.Control.Intent[])[new OpsManager.Core.Control.Intent.Approve(null), new OpsManager.Core.Control.Intent.Cancel()])
        {
            Assert.Contains("on sprite app", Assert.Single(OpsManager.Core.Control.Planner.Plan(repo, loop, intent, "ann").Obstacles), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_service_that_fails_twice_degrades_health_as_the_contract_names_it()
    {
        using var shell = Shell.At("completes");
        var service = await RunningService.StartAsync(shell.Root);
        using var sprite = new WatchedSprite(service.Address, options: OneTry with { FallBackAfter = TimeSpan.FromHours(1), BudgetLeast = 1000 });
        await sprite.LoopAsync(Shell.Loop, 50);

        await service.DisposeAsync();

        var repo = await sprite.UntilAsync(static repo => repo.Loops[Shell.Loop].Health.Codes.Contains(HealthCodes.TransportUnreachable));
        Assert.Equal(Reach.Service, repo.Sprite!.Reach);
        Assert.Equal(50, repo.Loops[Shell.Loop].Tally.Lines);
    }
}
