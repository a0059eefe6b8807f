using System.Text;
using System.Text.Json;
using NATS.Client.Core;
using Xunit;

namespace OpsManager.Tests.Service.Publish;

public sealed class FleetControlTests
{
    [Fact]
    public async Task A_control_over_the_bus_is_carried_out_once_and_answered_as_the_service_would()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = new LiveRepo();
        RunningService.PutCommand(repo);
        repo.AskApproval();
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings, acceptControl: true);
        RunningService.Until(() => stream.Snapshots(LiveRepo.Loop).Count > 0);
        const string order = """{"loopId":"checkout-flow","intent":"approve","by":"builder","idempotencyKey":"k1"}""";

        var first = await AskAsync(stream, order);
        var again = await AskAsync(stream, order);
        var other = await AskAsync(stream, """{"loopId":"checkout-flow","intent":"reject","by":"builder","idempotencyKey":"k1"}""");

        Assert.Equal("200", first.Status);
        Assert.True(first.Body.GetProperty("ok").GetBoolean());
        Assert.False(first.Body.GetProperty("replayed").GetBoolean());
        Assert.Equal(("200", true), (again.Status, again.Body.GetProperty("replayed").GetBoolean()));
        Assert.Equal("400", other.Status);
        Assert.Equal(1, RunningService.Commands(repo));
    }

    [Theory]
    [InlineData("{", "400", "invalid_json")]
    [InlineData("[]", "400", "invalid_request")]
    [InlineData("""{"loopId":"../x","intent":"approve"}""", "400", "invalid_request")]
    [InlineData("""{"loopId":"nobody","intent":"approve"}""", "404", "not_found")]
    public async Task A_request_that_makes_no_sense_is_refused_and_nothing_is_run(string body, string status, string code)
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = FleetPublisherTests.Repo();
        RunningService.PutCommand(repo);
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings, acceptControl: true);
        RunningService.Until(() => stream.Snapshots(LiveRepo.Loop).Count > 0);

        var answer = await AskAsync(stream, body);

        Assert.Equal((status, code), (answer.Status, answer.Body.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(0, RunningService.Commands(repo));
    }

    [Fact]
    public async Task Without_the_flag_nobody_answers()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = FleetPublisherTests.Repo();
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings);
        RunningService.Until(() => stream.Snapshots(LiveRepo.Loop).Count > 0);

        await Assert.ThrowsAsync<NatsNoRespondersException>(
            () => AskOnceAsync(stream, """{"loopId":"checkout-flow","intent":"cancel"}"""));
    }

    [Fact]
    public async Task A_loop_that_another_sprite_publishes_too_takes_no_control()
    {
        await using var stream = await FleetStream.StartAsync();
        using LiveRepo ours = FleetPublisherTests.Repo(), clone = FleetPublisherTests.Repo();
        RunningService.PutCommand(clone);
        ours.Append("iteration_end");
        clone.Append("role_start");
        await RunningPublisher.OnceAsync(ours.Root, stream.Settings);
        await using var publisher = RunningPublisher.Start(clone.Root, stream.Settings, acceptControl: true);
        RunningService.Until(() => publisher.Told.Any(static line => line.Contains("by another sprite too", StringComparison.Ordinal)));

        var answer = await AskAsync(stream, """{"loopId":"checkout-flow","intent":"cancel"}""");

        Assert.Equal("503", answer.Status);
        Assert.Contains("nothing was sent", answer.Body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, RunningService.Commands(clone));
    }

    [Theory]
    [InlineData("pushed")]
    [InlineData("pulled")]
    [InlineData("sent")]
    public async Task A_message_of_the_stream_that_the_server_delivers_as_a_control_is_not_carried_out(string way)
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = new LiveRepo();
        RunningService.PutCommand(repo);
        repo.AskApproval();
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings, acceptControl: true);
        RunningService.Until(() => stream.Snapshots(LiveRepo.Loop).Count > 0);
        const string order = """{"loopId":"checkout-flow","intent":"approve","by":"nobody","idempotencyKey":"planted"}""";
        const string control = "superloop.v1.box.control";

        // Somebody listens from here on.
        await AskAsync(stream, """{"loopId":"nobody","intent":"approve"}""");

        // Who has the key of a sprite can put it into the stream, and who has that of a screen can have it delivered.
        await stream.PutAsync("superloop.v1.other.publisher", order);
        await using var connection = new NatsConnection(new NatsOpts { Url = stream.Server.Url });
        var filter = """ "filter_subject":"superloop.v1.other.publisher","ack_policy":"explicit" """;
        await (way switch
        {
            "pushed" => ConsumerAsync(connection, $$"""{"deliver_subject":"{{control}}","deliver_group":"ops-manager",{{filter}}}"""),
            "pulled" => PullAsync(),
            _ => PublishAsync("$JS.ACK.x"),
        });
        RunningService.Until(() => publisher.Told.Any(static line => line.Contains("is no request", StringComparison.Ordinal)));
        await PublishAsync("superloop.v1.other.control");
        await PublishAsync(null);

        // What is a request is answered behind them.
        var answer = await AskAsync(stream, """{"loopId":"nobody","intent":"approve"}""");

        Assert.Equal("404", answer.Status);
        Assert.Equal(0, RunningService.Commands(repo));
        Assert.Single(publisher.Told, static line => line.Contains("is no request", StringComparison.Ordinal));

        async Task PullAsync()
        {
            await ConsumerAsync(connection, $$"""{"durable_name":"planted",{{filter}}}""");
            await connection.PublishAsync("$JS.API.CONSUMER.MSG.NEXT.SUPERLOOP.planted", "1", replyTo: control);
        }

        async Task PublishAsync(string? replyTo)
        {
            await connection.PublishAsync(control, Encoding.UTF8.GetBytes(order), replyTo: replyTo);
            await connection.PingAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task ConsumerAsync(NatsConnection connection, string config)
    {
        var subject = config.Contains("durable_name", StringComparison.Ordinal)
            ? "$JS.API.CONSUMER.DURABLE.CREATE.SUPERLOOP.planted" : "$JS.API.CONSUMER.CREATE.SUPERLOOP";
        var made = await connection.RequestAsync<string, string>(
            subject, $$"""{"stream_name":"SUPERLOOP","config":{{config}}}""", cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain("error", made.Data, StringComparison.Ordinal);
    }

    /// <summary>Asks until the publisher is there.</summary>
    private static async Task<(string Status, JsonElement Body)> AskAsync(FleetStream stream, string body)
    {
        NatsMsg<byte[]>? answer = null;
        RunningService.Until(() =>
        {
            try
            {
                answer = AskOnceAsync(stream, body).GetAwaiter().GetResult();
                return true;
            }
            catch (NatsNoRespondersException)
            {
                return false;
            }
        });
        return (answer!.Value.Headers!["Superloop-Status"].ToString(), JsonDocument.Parse(answer.Value.Data!).RootElement.Clone());
    }

    private static async Task<NatsMsg<byte[]>> AskOnceAsync(FleetStream stream, string body)
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = stream.Server.Url });
        return await connection.RequestAsync<byte[], byte[]>(
            "superloop.v1.box.control", Encoding.UTF8.GetBytes(body), replyOpts: new NatsSubOpts { Timeout = RunningService.Patience },
            cancellationToken: TestContext.Current.CancellationToken);
    }
}
