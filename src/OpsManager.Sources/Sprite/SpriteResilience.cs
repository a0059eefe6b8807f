using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// What is tried again, what ends the asking for a while, and how long a try may take (docs/service.md, "When the service
/// fails").
/// </summary>
/// <param name="opened">The breaker has opened; with false, closed.</param>
internal sealed class SpriteResilience(SpriteOptions options, TimeProvider time, Action<bool> opened)
{
    private readonly SpriteOptions options = options;
    private readonly TimeProvider time = time;

    /// <summary>For what may be asked again and again.</summary>
    public ResiliencePipeline<SpriteAnswer> Asking { get; } = new ResiliencePipelineBuilder<SpriteAnswer> { TimeProvider = time }
        .TryAgain(options, IsPassing)
        .AddCircuitBreaker(Breaking(options, opened))
        .AddTimeout(options.Timeout)
        .Build();

    /// <summary>One try, whatever the breaker says.</summary>
    public ResiliencePipeline<SpriteAnswer> Once { get; } = new ResiliencePipelineBuilder<SpriteAnswer> { TimeProvider = time }
        .AddTimeout(options.Timeout)
        .Build();

    /// <summary>For what carries a key: tried again where no answer came, or none of the service's own.</summary>
    /// <param name="within">For all tries together.</param>
    public ResiliencePipeline<SpriteAnswer> Keyed(TimeSpan within) => new ResiliencePipelineBuilder<SpriteAnswer> { TimeProvider = time }
        .AddTimeout(within)
        .TryAgain(options, static outcome => IsPassing(outcome) && outcome.Result?.Status != 500)
        .Build();

    /// <summary>Whether an error means that no answer came.</summary>
    public static bool IsSilence(Exception error, CancellationToken cancel) =>
        error is HttpRequestException or IOException or TimeoutRejectedException
            || (error is OperationCanceledException && !cancel.IsCancellationRequested);

    /// <summary>Whether the request may have reached the service before it failed.</summary>
    public static bool MayHaveArrived(Exception error) => error is not HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    internal static RetryStrategyOptions<SpriteAnswer> Retrying(SpriteOptions options, Func<Outcome<SpriteAnswer>, bool> mayPass) => new()
    {
        MaxRetryAttempts = options.Retries,
        BackoffType = options.IsRetryDelayLinear ? DelayBackoffType.Linear : DelayBackoffType.Exponential,
        UseJitter = !options.IsRetryDelayLinear,
        Delay = options.RetryDelay,
        ShouldHandle = args => ValueTask.FromResult(mayPass(args.Outcome)),
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter is { } wanted
            ? wanted < options.MaxRetryAfter ? wanted : options.MaxRetryAfter
            : (TimeSpan?)null),
    };

    private static CircuitBreakerStrategyOptions<SpriteAnswer> Breaking(SpriteOptions options, Action<bool> opened) => new()
    {
        FailureRatio = 0.5,
        MinimumThroughput = options.BreakerLeast,
        SamplingDuration = options.BreakerWindow,
        BreakDuration = options.Break,
        ShouldHandle = static args => ValueTask.FromResult(IsPassing(args.Outcome)),
        OnOpened = _ =>
        {
            opened(true);
            return default;
        },
        OnClosed = _ =>
        {
            opened(false);
            return default;
        },
    };

    /// <summary>A certificate that is wrong, and an answer that is no answer, are the same the next time.</summary>
    private static bool IsPassing(Outcome<SpriteAnswer> outcome) =>
        outcome.Result?.IsPassing ?? outcome.Exception is TimeoutRejectedException
            or IOException or HttpRequestException { HttpRequestError: not HttpRequestError.SecureConnectionError };
}

/// <summary>Adds further tries to a pipeline, where there are any.</summary>
file static class FurtherTries
{
    public static ResiliencePipelineBuilder<SpriteAnswer> TryAgain(
        this ResiliencePipelineBuilder<SpriteAnswer> builder, SpriteOptions options, Func<Outcome<SpriteAnswer>, bool> mayPass) =>
        options.Retries > 0 ? builder.AddRetry(SpriteResilience.Retrying(options, mayPass)) : builder;
}
