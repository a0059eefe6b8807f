using System.Net;
using Xunit;

namespace OpsManager.Tests.Service.Act;

/// <summary>A key is carried out once, by however many services.</summary>
public sealed class ServiceOnceTests
{
    private const string KeysFile = $"ops-manager/{LiveRepo.Loop}/service-idempotency.json";

    private static string Body(string intent = "approve", string key = "k1") =>
        $$"""{"loopId":"{{LiveRepo.Loop}}","intent":"{{intent}}","idempotencyKey":"{{key}}"}""";

    [Fact]
    public async Task Two_services_of_one_repository_carry_a_key_out_once()
    {
        using var repo = Waiting(isHeld: true);
        await using var one = await RunningService.StartAsync(repo.Root);
        await using var other = await RunningService.StartAsync(repo.Root);
        var asked = new[] { one, other, one, other }.Select(async service =>
        {
            using var answer = await service.ControlAsync(Body());
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }).ToArray();
        RunningService.Until(() => RunningService.Commands(repo) == 1);
        RunningService.Release(repo);

        var answers = await Task.WhenAll(asked);

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(answers, static answer => answer.Item2.Contains("\"replayed\":false", StringComparison.Ordinal));
        Assert.Single(answers.Select(static answer => answer.Item2.Replace(":false", ":true", StringComparison.Ordinal)).Distinct());
        Assert.Equal(1, RunningService.Commands(repo));
    }

    [Fact]
    public async Task A_cancel_is_not_held_up_by_an_approval()
    {
        using var repo = Waiting(isHeld: true);
        await using var service = await RunningService.StartAsync(repo.Root);
        var approving = service.ControlAsync(Body());
        RunningService.Until(() => RunningService.Commands(repo) == 1);

        var cancelling = service.ControlAsync(Body("cancel", "k2"));
        RunningService.Until(() => RunningService.Commands(repo) == 2);
        RunningService.Release(repo);

        using var approved = await approving;
        using var cancelled = await cancelling;
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
    }

    [Fact]
    public async Task A_key_whose_sender_was_killed_is_ambiguous_and_not_sent()
    {
        using var repo = Waiting();
        repo.AppendRow(
            "telemetry/control.jsonl",
            """{"timestamp":"2026-11-29T09:12:03Z","phase":"started","idempotencyKey":"k1","intent":"approve"}""");
        await using var service = await RunningService.StartAsync(repo.Root);

        using var answer = await service.ControlAsync(Body());
        using var again = await service.ControlAsync(Body());

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (answer.StatusCode, again.StatusCode));
        Assert.Equal(2, (await RunningService.JsonAsync(answer)).GetProperty("exitCode").GetInt32());
        Assert.True((await RunningService.JsonAsync(again)).GetProperty("replayed").GetBoolean());
        Assert.Equal(0, RunningService.Commands(repo));
    }

    [Fact]
    public async Task A_stored_answer_carries_what_is_in_force_now()
    {
        using var repo = Waiting();
        await using var service = await RunningService.StartAsync(repo.Root);
        using var first = await service.ControlAsync(Body());
        repo.Append("approval_consumed");
        repo.Append("loop_complete");

        using var again = await service.ControlAsync(Body());

        var (before, now) = (await RunningService.JsonAsync(first), await RunningService.JsonAsync(again));
        Assert.Equal(before.GetProperty("result").GetRawText(), now.GetProperty("result").GetRawText());
        Assert.Equal("observed", before.GetProperty("now").GetProperty("outcome").GetString());
        Assert.Equal("completed", now.GetProperty("now").GetProperty("outcome").GetString());
        Assert.DoesNotContain("\"now\"", repo.Read(KeysFile), StringComparison.Ordinal);
    }

    private static LiveRepo Waiting(bool isHeld = false)
    {
        var repo = new LiveRepo();
        repo.AskApproval();
        RunningService.PutCommand(repo, isHeld: isHeld);
        return repo;
    }
}
