using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Sprite;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// Sends requests to one sprite: retries what may pass, stops asking for a while what keeps failing, and counts it all. An answer of
/// any status is an answer; no answer is a <see cref="SpriteUnansweredException"/>. Safe for several threads.
/// </summary>
public sealed class SpriteHttp
{
    /// <summary>Longest answer that is read, in bytes.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private readonly HttpClient http;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly ErrorBudget budget;
    private readonly AwakeTime awake;
    private readonly SpriteResilience resilience;
    private readonly TimeSpan pause;
    private DateTimeOffset? openSince;
    private string failure = "no answer";

    public SpriteHttp(HttpClient http, SpriteAddress address, string traceId, TimeProvider time, SpriteOptions options)
    {
        (this.http, Address, TraceId, this.time) = (http, address, traceId, time);
        pause = options.Break;
        budget = new ErrorBudget(options.Objective, options.BudgetWindow, options.BudgetLeast);
        awake = new AwakeTime(options.Pause);
        resilience = new SpriteResilience(options, time, Opened);
    }

    public SpriteAddress Address { get; }

    /// <summary>The trace id of every request.</summary>
    public string TraceId { get; }

    /// <summary>Since when the circuit breaker is open, so that no request is sent; null while it is closed.</summary>
    public DateTimeOffset? OpenSince
    {
        get
        {
            lock (gate)
            {
                return openSince;
            }
        }
    }

    public BudgetReading Budget
    {
        get
        {
            lock (gate)
            {
                return budget.Read(time.GetUtcNow());
            }
        }
    }

    /// <summary>For how long the requests have kept the sprite awake.</summary>
    public TimeSpan KeptAwake
    {
        get
        {
            lock (gate)
            {
                return awake.Total(time.GetUtcNow());
            }
        }
    }

    /// <summary>A client that many sprites share. It follows no redirect, keeps no cookie, unpacks nothing.</summary>
    public static HttpClient NewClient() => new(new UnixSocketHandler(static () => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxConnectionsPerServer = 8,
        // Shorter than a sprite waits before it pauses: a connection that lies idle for longer does not outlive that.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 32,
    }))
    { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    /// <summary>The sprite was seen asleep: what was asked before keeps it awake no more.</summary>
    public void Slept()
    {
        lock (gate)
        {
            awake.Slept(time.GetUtcNow());
        }
    }

    /// <summary>What failed was lived through: the service is used again, and its budget is whole.</summary>
    public void Forgive()
    {
        lock (gate)
        {
            budget.Reset();
            openSince = null;
        }
    }

    /// <summary>Asks, and asks again where that may help.</summary>
    /// <param name="make">Makes the request; called once for each try.</param>
    /// <exception cref="SpriteUnansweredException">No answer came.</exception>
    public Task<SpriteAnswer> AskAsync(Func<HttpRequestMessage> make, CancellationToken cancel) =>
        AskAsync(resilience.Asking, make, cancel);

    /// <summary>Asks once, whatever the breaker says: to see whether the service is well.</summary>
    /// <exception cref="SpriteUnansweredException">No answer came.</exception>
    public Task<SpriteAnswer> ProbeAsync(Func<HttpRequestMessage> make, CancellationToken cancel) =>
        AskAsync(resilience.Once, make, cancel);

    /// <summary>Asks once for what may take too long. Being slow is no failure: it counts against nothing.</summary>
    public async Task<(SpriteAnswer? Answer, bool IsSlow)> TryAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        ValueTask<SpriteAnswer> Send(CancellationToken token) => new(SendAsync(make, token));
        try
        {
            var answer = await resilience.Once.ExecuteAsync(Send, cancel).ConfigureAwait(false);
            Count(answer.IsPassing ? $"it answered {answer.Status}" : null);
            return (answer, false);
        }
        catch (TimeoutRejectedException)
        {
            return (null, true);
        }
        catch (Exception error) when (SpriteResilience.IsSilence(error, cancel))
        {
            return (null, false);
        }
    }

    /// <summary>
    /// Sends what must be done once, and sends it again where no answer came or none of the service's own: it carries a key by which
    /// the service knows it again.
    /// </summary>
    /// <param name="within">For all tries together.</param>
    /// <exception cref="SpriteUnansweredException">No answer came; it says whether the request may have arrived.</exception>
    public Task<SpriteAnswer> SendKeyedAsync(Func<HttpRequestMessage> make, TimeSpan within, CancellationToken cancel) =>
        AskAsync(resilience.Keyed(within), make, cancel);

    /// <summary>A request to a path of the service.</summary>
    public HttpRequestMessage Get(string path) => new(HttpMethod.Get, Address.At(path));

    /// <summary>The same with a body of JSON.</summary>
    public HttpRequestMessage Post(string path, string body) =>
        new(HttpMethod.Post, Address.At(path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private async Task<SpriteAnswer> AskAsync(ResiliencePipeline<SpriteAnswer> by, Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        var mayHaveArrived = false;
        try
        {
            return await by.ExecuteAsync(
                async token =>
                {
                    try
                    {
                        var answer = await SendAsync(make, token).ConfigureAwait(false) with { MayHaveArrivedBefore = mayHaveArrived };
                        Count(answer.IsPassing ? $"it answered {answer.Status}" : null);
                        // A gateway before the service answers with these two; nobody knows whether the request reached the service.
                        mayHaveArrived |= answer.Status is 502 or 504;
                        return answer;
                    }
                    catch (Exception error) when (error is ContractException || SpriteResilience.IsSilence(error, cancel))
                    {
                        mayHaveArrived |= error is ContractException || SpriteResilience.MayHaveArrived(error);
                        Count(SilenceWords.For(error));
                        throw;
                    }
                },
                cancel).ConfigureAwait(false);
        }
        catch (BrokenCircuitException error)
        {
            throw new SpriteUnansweredException(
                $"{Address.Url} is unreachable: {failure}. Too many requests failed, so none is sent for {pause.TotalSeconds:0} s",
                mayHaveArrived, error);
        }
        catch (Exception error) when (SpriteResilience.IsSilence(error, cancel))
        {
            throw new SpriteUnansweredException($"{Address.Url} cannot be reached: {SilenceWords.For(error)}", mayHaveArrived, error);
        }
    }

    private async Task<SpriteAnswer> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        using var request = make();
        if (Address.Socket is { } socket)
        {
            UnixSocketHandler.Direct(request, socket);
        }

        request.Headers.Authorization = Address.SpriteToken() is { } sprite ? new AuthenticationHeaderValue("Bearer", sprite) : null;
        if (Address.ServiceToken() is { } service)
        {
            request.Headers.Add(HeaderNames.Token, service);
        }

        if (!request.Headers.Contains(HeaderNames.TraceId))
        {
            request.Headers.Add(HeaderNames.TraceId, TraceId);
        }

        lock (gate)
        {
            awake.Touch(time.GetUtcNow());
        }

        using var response = await ResponseAsync(request, cancel).ConfigureAwait(false);
        if (response.Content.Headers.ContentEncoding.Count > 0)
        {
            throw new ContractException(
                FailureCodes.ServiceResponseInvalid,
                $"the answer of {Address.Show(request.RequestUri!.PathAndQuery.TrimStart('/'))} is compressed "
                    + $"({string.Join(", ", response.Content.Headers.ContentEncoding)}), which was not requested");
        }

        var body = await ReadAsync(response, cancel).ConfigureAwait(false)
            ?? throw TooLargeException.Create($"the answer of {Address.Show(request.RequestUri!.PathAndQuery.TrimStart('/'))}");
        return new SpriteAnswer(
            (int)response.StatusCode, response.Headers.ETag?.ToString(), RetryAfter(response.Headers.RetryAfter), body)
        {
            TotalSize = SpriteAnswer.Number(response.Headers, HeaderNames.TotalSize),
            Offset = SpriteAnswer.Number(response.Headers, HeaderNames.Offset),
        };
    }

    private async Task<HttpResponseMessage> ResponseAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested && error.InnerException is TimeoutException late)
        {
            // No connection in time: the library reports it as a cancellation, but nothing was sent.
            throw new HttpRequestException(HttpRequestError.ConnectionError, late.Message, error);
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentLength > MaxBytes)
        {
            return null;
        }

        using var stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await stream.ReadAsync(buffer, cancel).ConfigureAwait(false) is > 0 and var read)
        {
            if (body.Length + read > MaxBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private void Opened(bool isOpen)
    {
        lock (gate)
        {
            openSince = isOpen ? openSince ?? time.GetUtcNow() : null;
        }
    }

    /// <param name="fault">What was wrong; null where the answer was good.</param>
    private void Count(string? fault)
    {
        lock (gate)
        {
            budget.Count(time.GetUtcNow(), fault is null);
            failure = fault ?? failure;
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date > time.GetUtcNow() ? date - time.GetUtcNow() : null);
}
