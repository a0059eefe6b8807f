using System.Net;
using System.Text.Json;
using Xunit;

namespace OpsManager.Tests.Service.Act;

public sealed class ServiceControlTests
{
    private const string KeysFile = $"ops-manager/{LiveRepo.Loop}/service-idempotency.json";

    private static string Body(string intent = "approve", string key = "k1", string more = "") =>
        $$"""{"loopId":"{{LiveRepo.Loop}}","intent":"{{intent}}","idempotencyKey":"{{key}}"{{more}}}""";

    [Fact]
    public async Task What_is_confirmed_is_answered_with_its_row()
    {
        using var repo = Waiting();
        await using var service = await RunningService.StartAsync(repo.Root);

        using var answer = await service.ControlAsync(Body(more: ""","by":"ada","note":"fine","traceId":"t-1" """), ("X-Trace-Id", "t-2"));
        var body = await RunningService.JsonAsync(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((true, 0, false, "t-1"), (
            body.GetProperty("ok").GetBoolean(), body.GetProperty("exitCode").GetInt32(), body.GetProperty("replayed").GetBoolean(),
            body.GetProperty("traceId").GetString()));
        Assert.Equal(repo.Read($"ops-manager/{LiveRepo.Loop}/intents.jsonl").TrimEnd('\n'), body.GetProperty("result").GetRawText());
        Assert.Equal(("confirmed", "ada", "fine"), (Of(body, "status"), Of(body, "requestedBy"), Of(body, "note")));
        Assert.Equal(1, RunningService.Commands(repo));
    }

    [Theory]
    [InlineData("overruled", HttpStatusCode.Conflict, 2, "contradicted: bob has ")]
    [InlineData("other", HttpStatusCode.OK, 0, "confirmed by the decision of somebody-else")]
    [InlineData("fail", HttpStatusCode.InternalServerError, 1, "refused: no pending approval")]
    public async Task What_is_more_than_yes_is_said_in_words_of_the_verb(string fault, HttpStatusCode status, int exitCode, string words)
    {
        using var repo = Waiting(fault);
        await using var service = await RunningService.StartAsync(repo.Root);

        using var answer = await service.ControlAsync(Body());
        var body = await RunningService.JsonAsync(answer);

        Assert.Equal((status, exitCode), (answer.StatusCode, body.GetProperty("exitCode").GetInt32()));
        Assert.Equal(status == HttpStatusCode.OK, body.GetProperty("ok").GetBoolean());
        Assert.StartsWith(words, body.GetProperty("stderr").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_looks_for_the_effect_where_nobody_wants_it()
    {
        using var repo = Waiting("nothing");
        await using var service = await RunningService.StartAsync(repo.Root);

        using var answer = await service.ControlAsync(Body(more: ""","noConfirm":true"""));

        Assert.Equal(
            (HttpStatusCode.OK, "executed_unconfirmed"), (answer.StatusCode, Of(await RunningService.JsonAsync(answer), "status")));
    }

    [Fact]
    public async Task A_service_that_only_reads_sends_nothing_and_keeps_no_key()
    {
        using var repo = Waiting();
        await using var service = await RunningService.StartAsync(repo.Root, change: static options => options with { ReadOnly = true });

        using var answer = await service.ControlAsync(Body());
        var body = await RunningService.JsonAsync(answer);

        Assert.Equal(
            (HttpStatusCode.InternalServerError, 1, JsonValueKind.Null),
            (answer.StatusCode, body.GetProperty("exitCode").GetInt32(), body.GetProperty("result").ValueKind));
        Assert.StartsWith("read-only: ", body.GetProperty("stderr").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, false), (RunningService.Commands(repo), repo.Has(KeysFile)));
    }

    [Theory]
    [InlineData("{", "invalid_json", "the body is not JSON")]
    [InlineData("", "invalid_json", "the body is not JSON")]
    [InlineData("[]", "invalid_request", "the body must be an object")]
    [InlineData("""{"intent":"approve"}""", "invalid_request", "loopId is missing")]
    [InlineData("""{"loopId":"../x","intent":"approve"}""", "invalid_request", "loopId cannot be a loop")]
    [InlineData("""{"loopId":"checkout-flow"}""", "invalid_request", "intent must be one of")]
    [InlineData("""{"loopId":"checkout-flow","intent":"stop"}""", "invalid_request", "intent must be one of")]
    [InlineData("""{"loopId":"checkout-flow","intent":3}""", "invalid_request", "intent must be text")]
    [InlineData("""{"loopId":"checkout-flow","intent":"cancel","noConfirm":"yes"}""", "invalid_request", "noConfirm must be")]
    [InlineData("""{"loopId":"checkout-flow","intent":"cancel","note":"\ud800"}""", "invalid_request", "note has half")]
    [InlineData("""{"loopId":"checkout-flow","intent":"cancel","note":"a\u0000b"}""", "invalid_request", "note must be text")]
    [InlineData("""{"loopId":"checkout-flow","intent":"cancel","idempotencyKey":""}""", "invalid_request", "idempotencyKey must have")]
    public async Task A_body_that_makes_no_sense_sends_nothing(string body, string code, string message)
    {
        using var repo = Waiting();
        await using var service = await RunningService.StartAsync(repo.Root);

        using var answer = await service.ControlAsync(body);
        var error = (await RunningService.JsonAsync(answer)).GetProperty("error");

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, error.GetProperty("code").GetString()));
        Assert.StartsWith(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, RunningService.Commands(repo));
    }

    [Fact]
    public async Task A_loop_that_is_not_there_and_a_body_that_is_too_large_send_nothing()
    {
        using var repo = Waiting();
        await using var service = await RunningService.StartAsync(repo.Root);

        using var nobody = await service.ControlAsync("""{"loopId":"nobody","intent":"cancel"}""");
        using var fits = await service.ControlAsync(new string(' ', 64 * 1024));
        using var large = await service.ControlAsync(new string(' ', (64 * 1024) + 1));

        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge),
            (nobody.StatusCode, fits.StatusCode, large.StatusCode));
        Assert.Equal("too_large", (await RunningService.JsonAsync(large)).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(0, RunningService.Commands(repo));
    }

    [Fact]
    public async Task A_key_is_carried_out_once_by_this_service_and_by_the_next()
    {
        using var repo = Waiting("fail");
        string first, again, afterwards;
        await using (var service = await RunningService.StartAsync(repo.Root))
        {
            first = await TextAsync(
                service.ControlAsync(Body(), ("X-Idempotency-Key", "not this one")), HttpStatusCode.InternalServerError);
            again = await TextAsync(service.ControlAsync(Body()), HttpStatusCode.InternalServerError);
        }

        await using (var service = await RunningService.StartAsync(repo.Root))
        {
            afterwards = await TextAsync(service.ControlAsync(
                Body().Replace(",\"idempotencyKey\":\"k1\"", "", StringComparison.Ordinal),
                ("X-Idempotency-Key", "k1")), HttpStatusCode.InternalServerError);
        }

        Assert.Equal(first.Replace("\"replayed\":false", "\"replayed\":true", StringComparison.Ordinal), again);
        Assert.Equal(again, afterwards);
        Assert.Equal(1, RunningService.Commands(repo));
    }

    [Fact]
    public async Task The_same_key_at_a_time_runs_one_command()
    {
        using var repo = Waiting();
        await using var service = await RunningService.StartAsync(repo.Root);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var answer = await service.ControlAsync(Body());
            return (answer.StatusCode, (await RunningService.JsonAsync(answer)).GetProperty("replayed").GetBoolean());
        }));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(answers, static answer => !answer.Item2);
        Assert.Equal(1, RunningService.Commands(repo));
    }

    [Fact]
    public async Task A_key_stands_for_one_request()
    {
        using var repo = Waiting();
        await using var service = await RunningService.StartAsync(repo.Root);
        using var first = await service.ControlAsync(Body());

        using var other = await service.ControlAsync(Body("cancel"));
        using var noted = await service.ControlAsync(Body(more: ""","note":"other" """));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (other.StatusCode, noted.StatusCode));
        Assert.Contains(
            "\"k1\" was used for another request",
            (await RunningService.JsonAsync(other)).GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, RunningService.Commands(repo));
        Assert.True(repo.IsAlive);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"k1":{}}""")]
    [InlineData("")]
    public async Task Where_the_keys_cannot_be_read_nothing_is_sent(string text)
    {
        using var repo = Waiting();
        repo.AppendRow("service-idempotency.json", text);
        await using var service = await RunningService.StartAsync(repo.Root);

        using var answer = await service.ControlAsync(Body());

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains(
            "service-idempotency.json", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(0, RunningService.Commands(repo));
    }

    [Fact]
    public async Task A_caller_that_hangs_up_stops_nothing_and_neither_does_the_end_of_the_service()
    {
        using var repo = Waiting(isHeld: true);
        await using var service = await RunningService.StartAsync(repo.Root);
        using var hangUp = new CancellationTokenSource();
        using var body = new StringContent(Body());
        var asked = service.Http.PostAsync(new Uri("/ops/control", UriKind.Relative), body, hangUp.Token);
        RunningService.Until(() => RunningService.Commands(repo) == 1);

        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        var end = service.DisposeAsync().AsTask();
        Assert.False(end.IsCompleted);
        RunningService.Release(repo);
        await end.WaitAsync(RunningService.Patience, TestContext.Current.CancellationToken);

        await using var next = await RunningService.StartAsync(repo.Root);
        using var again = await next.ControlAsync(Body());
        Assert.Equal(
            (HttpStatusCode.OK, true), (again.StatusCode, (await RunningService.JsonAsync(again)).GetProperty("replayed").GetBoolean()));
        Assert.Equal(1, RunningService.Commands(repo));
    }

    [Fact]
    public async Task Beyond_the_limit_callers_are_told_to_come_again_and_polls_take_no_room()
    {
        using var repo = Waiting(isHeld: true);
        await using var service = await RunningService.StartAsync(repo.Root, change: static options => options with { MaxInFlight = 1 });
        var control = service.ControlAsync(Body());
        RunningService.Until(() => RunningService.Commands(repo) == 1);

        using var busy = await service.GetAsync("/ops/loops");
        using var poll = await service.GetAsync($"/ops/events?loopId={LiveRepo.Loop}&cursor=0&waitSeconds=1");
        using var health = await service.GetAsync("/healthz");
        RunningService.Release(repo);
        using var done = await control;

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (busy.StatusCode, busy.Headers.GetValues("Retry-After").Single()));
        Assert.Equal("busy", (await RunningService.JsonAsync(busy)).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (poll.StatusCode, health.StatusCode, done.StatusCode));
    }

    [Fact]
    public async Task Of_many_keys_the_newest_are_kept()
    {
        using var repo = Waiting();
        var kept = new OpsManager.Service.Act.IdempotencyFile(
            new System.IO.Abstractions.FileSystem(), TimeProvider.System, repo.Root, LiveRepo.Loop);
        var answer = new OpsManager.Contract.Service.ControlAnswer { Ok = true, ExitCode = 0, Result = null, Replayed = false };
        for (var i = 0; i < OpsManager.Service.Act.IdempotencyFile.MaxKeys + 2; i++)
        {
            await kept.AddAsync($"k{i}", new() { Status = 200, Fingerprint = "f", Answer = answer, At = DateTimeOffset.UnixEpoch });
        }

        Assert.Null(kept.Find("k1"));
        Assert.NotNull(kept.Find("k2"));
        Assert.NotNull(kept.Find("k257"));
    }

    private static LiveRepo Waiting(string fault = "", bool isHeld = false)
    {
        var repo = new LiveRepo();
        repo.AskApproval();
        RunningService.PutCommand(repo, fault, isHeld);
        return repo;
    }

    private static string? Of(JsonElement body, string name) => body.GetProperty("result").GetProperty(name).GetString();

    private static async Task<string> TextAsync(Task<HttpResponseMessage> sent, HttpStatusCode status)
    {
        using var answer = await sent;
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
