using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace OpsManager.Testing;

/// <summary>A collector on this host that keeps what it is sent, and answers what a test wants.</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<(string Path, string? Token, JsonNode Body)> received = new();
    private readonly Task serving;

    public Collector()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        }

        listener.Prefixes.Add(Endpoint.ToString());
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>What it answers.</summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    /// <summary>While this is not done no request is answered; null answers at once.</summary>
    public Task? Holds { get; set; }

    public IReadOnlyList<(string Path, string? Token, JsonNode Body)> Received => [.. received];

    /// <summary>Every span that it was sent.</summary>
    public IReadOnlyList<JsonNode> Spans => [.. Of("/v1/traces", "resourceSpans", "scopeSpans", "spans")];

    /// <summary>A metric of the newest request; null where it has none of that name.</summary>
    public JsonNode? Metric(string name) => Of("/v1/metrics", "resourceMetrics", "scopeMetrics", "metrics")
        .LastOrDefault(metric => (string?)metric["name"] == name);

    /// <summary>Again does no harm.</summary>
    public void Dispose()
    {
        listener.Close();
        serving.Wait();
    }

    private IEnumerable<JsonNode> Of(string path, string resource, string scope, string items) => received
        .Where(one => one.Path == path).SelectMany(one => one.Body[resource]!.AsArray())
        .SelectMany(one => one![scope]!.AsArray()).SelectMany(one => one![items]!.AsArray()).Select(static one => one!);

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception error) when (listener.IsListening && error is (HttpListenerException or IOException))
            {
                // A caller that did not wait.
            }
            catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.InputStream);
        received.Enqueue((context.Request.Url!.AbsolutePath, context.Request.Headers["authorization"], body!));
        if (Holds is { } held)
        {
            await held;
        }

        context.Response.StatusCode = (int)Status;
        context.Response.Close();
    }
}
