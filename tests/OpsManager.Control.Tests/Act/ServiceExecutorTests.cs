using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Contract.Envelopes;
using OpsManager.Control.Act;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources.Sprite;
using Xunit;

namespace OpsManager.Control.Tests.Act;

/// <summary>How long an answer of a service is awaited. The time is made up.</summary>
public sealed class ServiceExecutorTests
{
    private const string Ambiguous =
        """{"ok":false,"exitCode":2,"result":null,"stderr":"unknown: nothing was seen","replayed":false,"traceId":null}""";

    private readonly FakeTimeProvider time = new();

    [Theory]
    [InlineData(31)]
    [InlineData(60)]
    [InlineData(74)]
    public async Task An_answer_that_comes_after_the_command_and_its_confirmation_is_received(int seconds)
    {
        var (execution, asked) = await RunAsync(TimeSpan.FromSeconds(seconds));

        Assert.Equal("the service answered that the result is ambiguous", execution.Fault);
        Assert.Contains("nothing was seen", execution.Answer, StringComparison.Ordinal);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_service_that_takes_longer_is_not_awaited_and_the_intent_may_have_been_carried_out()
    {
        var (execution, asked) = await RunAsync(TimeSpan.FromSeconds(90));

        Assert.Equal((true, null, 1), (execution.WasStarted, execution.Answer, asked));
        Assert.True(time.GetUtcNow() - new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero) < TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task The_time_of_the_caller_counts_where_it_is_longer()
    {
        var (execution, _) = await RunAsync(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(120));

        Assert.NotNull(execution.Answer);
    }

    private async Task<(Execution Execution, int Asked)> RunAsync(TimeSpan takes, TimeSpan? timeout = null)
    {
        using var late = new LateService(time, takes);
        using var http = new HttpClient(late) { Timeout = Timeout.InfiniteTimeSpan };
        var service = new SpriteHttp(
            http, SpriteAddress.Open(new Uri("http://sprite.test/")), "t", time, SpriteOptions.Default);
        var request = new ControlRequest
        {
            Repo = "/copy",
            Loop = "checkout-flow",
            Intent = new Intent.Approve(),
            By = "ada",
            Command = RuntimeCommand.Usual,
            TraceId = "t",
            IdempotencyKey = "k-1",
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
        };
        var running = new ServiceExecutor(new Sprite(service)).RunAsync(request, [], TestContext.Current.CancellationToken);
        using var steps = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!running.IsCompleted)
        {
            await steps.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            if (late.Asked > 0)
            {
                time.Advance(TimeSpan.FromMilliseconds(500));
            }
        }

        return (await running, late.Asked);
    }

    /// <summary>Answers that the result is ambiguous, after a while.</summary>
    private sealed class LateService(TimeProvider time, TimeSpan takes) : HttpMessageHandler
    {
        private int asked;

        public int Asked => Volatile.Read(ref asked);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answering = Task.Delay(takes, time, cancellationToken);
            Interlocked.Increment(ref asked);
            await answering;
            return new HttpResponseMessage(HttpStatusCode.Conflict)
            {
                Content = new StringContent(Ambiguous, Encoding.UTF8, "application/json"),
            };
        }
    }

    private sealed class Sprite(SpriteHttp service) : ISprite
    {
        public string Repo => "/copy";

        public IFirstWay? First => null;

        public SpriteHttp? Service => service;

        public void Wake()
        {
        }

        public void LookAt(string loop)
        {
        }

        public Task<string?> RefreshAsync(string loop, CancellationToken cancel) => Task.FromResult<string?>(null);

        public SnapshotEnvelope? Said(string loop) => null;
    }
}
