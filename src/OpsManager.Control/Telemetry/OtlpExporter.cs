using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OpsManager.Control.Telemetry;

/// <summary>
/// Sends spans and metrics to a collector, as OTLP over HTTP in JSON, on a thread of the pool. Whatever the collector does, nobody
/// waits for it: what does not fit into the queue is dropped and counted, and a request has a time limit.
/// </summary>
/// <param name="read">Gives the metrics of now.</param>
internal sealed class OtlpExporter(
    TelemetrySettings settings, HttpClient http, TimeProvider time, string version, Func<IReadOnlyList<OtlpMetric>> read)
    : IAsyncDisposable
{
    /// <summary>Spans that wait for the next request.</summary>
    public const int MaxSpans = 1024;

    /// <summary>How long one request may take.</summary>
    public static readonly TimeSpan MaxRequest = TimeSpan.FromSeconds(5);

    /// <summary>How long the last requests may take together, when the program ends.</summary>
    public static readonly TimeSpan MaxEnd = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private List<OtlpSpan> waiting = [];
    private Task? running;
    private long dropped;
    private long failed;
    private string? fault;

    /// <summary>Spans that were not sent, because too many were waiting or the collector refused them.</summary>
    public long Dropped
    {
        get
        {
            lock (gate)
            {
                return dropped;
            }
        }
    }

    /// <summary>What went wrong and how much was not sent; null where nothing did. It has no header.</summary>
    public string? Fault
    {
        get
        {
            lock (gate)
            {
                return fault is null && dropped == 0
                    ? null
                    : $"telemetry: {settings.Endpoint} {fault ?? "was too slow"}. {Counted(failed, "request")} failed, and "
                        + $"{Counted(dropped + waiting.Count, "span")} could not be sent";
            }
        }
    }

    public void Start() => running = RunAsync();

    /// <summary>Takes a span, which is sent with the next request. Never waits.</summary>
    public void Offer(OtlpSpan span)
    {
        lock (gate)
        {
            if (waiting.Count >= MaxSpans)
            {
                dropped++;
                return;
            }

            waiting.Add(span);
        }
    }

    /// <summary>Sends what there is once more, for <see cref="MaxEnd"/> at most.</summary>
    public async ValueTask DisposeAsync()
    {
        if (running is not { } task)
        {
            return;
        }

        running = null;
        await ending.CancelAsync().ConfigureAwait(false);
        await task.ConfigureAwait(false);
        ending.Dispose();
    }

    private static string Counted(long count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private async Task RunAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(settings.Interval, time, ending.Token).ConfigureAwait(false);
                await SendAsync(MaxRequest, ending.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                // The end: what is left is sent below.
            }
        }

        await SendAsync(MaxEnd, CancellationToken.None).ConfigureAwait(false);
    }

    /// <param name="limit">For both requests together.</param>
    private async Task SendAsync(TimeSpan limit, CancellationToken leave)
    {
        using var clock = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, leave);
        List<OtlpSpan> spans;
        lock (gate)
        {
            (spans, waiting) = (waiting, []);
        }

        if (spans.Count > 0)
        {
            var document = new OtlpTraces([new(Resource(), [new(Scope(), spans)])]);
            var answer = await PostAsync("traces", document, OtlpJson.Default.OtlpTraces, both.Token).ConfigureAwait(false);
            Settle(answer, spans);
        }

        var metrics = new OtlpMetrics([new(Resource(), [new(Scope(), read())])]);
        Settle(await PostAsync("metrics", metrics, OtlpJson.Default.OtlpMetrics, both.Token).ConfigureAwait(false), []);
        leave.ThrowIfCancellationRequested();
    }

    /// <summary>Spans that were not taken wait for the next request, if another try may help and there is room.</summary>
    private void Settle((string? Fault, bool MayHelp) answer, List<OtlpSpan> spans)
    {
        if (answer.Fault is null)
        {
            return;
        }

        lock (gate)
        {
            (fault, failed) = (answer.Fault, failed + 1);
            var room = answer.MayHelp ? MaxSpans - waiting.Count : 0;
            dropped += Math.Max(0, spans.Count - room);
            waiting.InsertRange(0, spans.Take(Math.Max(0, room)));
        }
    }

    private async Task<(string? Fault, bool MayHelp)> PostAsync<T>(
        string signal, T document, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        try
        {
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(document, type));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, settings.Address(signal)) { Content = content };
            foreach (var (name, value) in settings.Headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? (null, false)
                : ($"answered {(int)response.StatusCode}", response.StatusCode is HttpStatusCode.TooManyRequests
                    or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout);
        }
        catch (OperationCanceledException)
        {
            return ("did not answer in time", true);
        }
        catch (HttpRequestException error)
        {
            return ($"was not reached: {error.Message}", true);
        }
    }

    private OtlpResource Resource() => new([
        OtlpAttribute.Text("service.name", FleetMeter.Name), OtlpAttribute.Text("service.version", version),
        OtlpAttribute.Text("host.name", Environment.MachineName), OtlpAttribute.Number("process.pid", Environment.ProcessId)]);

    private OtlpScope Scope() => new(FleetMeter.Name, version);
}
