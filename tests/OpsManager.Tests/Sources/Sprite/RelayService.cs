using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using OpsManager.Tests.Service;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>What a relay does with a request.</summary>
internal enum Relaying
{
    Pass,

    /// <summary>The connection is closed, and the service hears nothing.</summary>
    Lose,

    /// <summary>The service hears it, and its answer is lost.</summary>
    LoseAnswer,

    /// <summary>The connection is closed in the middle of the answer.</summary>
    CutAnswer,
}

/// <summary>Stands before a service on a real socket, and loses what a test wants lost.</summary>
internal sealed class RelayService : IAsyncDisposable
{
    private readonly RunningService service;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Task serving;

    public RelayService(RunningService service)
    {
        this.service = service;
        listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>By method and path, and how many of that method came before.</summary>
    public Func<string, string, int, Relaying> Does { get; set; } = static (_, _, _) => Relaying.Pass;

    /// <summary>How long an answer is held back, by the same.</summary>
    public Func<string, string, int, TimeSpan> Pause { get; set; } = static (_, _, _) => TimeSpan.Zero;

    /// <summary>Paths that are there; any other is answered with 404.</summary>
    public Func<string, bool> Knows { get; set; } = static _ => true;

    /// <summary>Changes an answer on its way.</summary>
    public Func<string, string, string> Changes { get; set; } = static (_, body) => body;

    /// <summary>Bodies that were posted.</summary>
    public List<string> Posted { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task ServeAsync()
    {
        var underWay = new List<Task>();
        var counts = new Dictionary<string, int>();
        try
        {
            while (true)
            {
                underWay.Add(AnswerAsync(await listener.AcceptTcpClientAsync(ending.Token), counts));
            }
        }
        finally
        {
            await Task.WhenAll(underWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AnswerAsync(TcpClient client, Dictionary<string, int> counts)
    {
        using var held = client;
        using var stream = client.GetStream();
        var (head, body) = await ReadAsync(stream);
        var (method, path) = head.Split(' ') is [var word, var asked, ..] ? (word, asked) : ("", "");
        int before;
        lock (counts)
        {
            before = counts.GetValueOrDefault(method);
            counts[method] = before + 1;
            if (method == "POST")
            {
                Posted.Add(body);
            }
        }

        var doing = Does(method, path, before);
        if (doing == Relaying.Lose)
        {
            return;
        }

        await Task.Delay(Pause(method, path, before), ending.Token);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var line in head.Split("\r\n").Skip(1))
        {
            if (line.Split(": ", 2) is [var name, var value]
                && (name.StartsWith("X-", StringComparison.Ordinal) || name is "If-None-Match" or "Authorization"))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        request.Content = body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await service.Http.SendAsync(request, ending.Token);
        if (doing == Relaying.LoseAnswer)
        {
            return;
        }

        var said = await response.Content.ReadAsStringAsync(ending.Token);
        var (status, text) = Knows(path) ? ((int)response.StatusCode, said.Length == 0 ? "" : Changes(path, said)) : (404, "{}");
        var answer = Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n"
                    + $"{(response.Headers.ETag is { } tag ? $"ETag: {tag}\r\n" : "")}"
                    + $"Content-Length: {Encoding.UTF8.GetByteCount(text)}\r\nConnection: close\r\n\r\n{text}"));
        await stream.WriteAsync(doing == Relaying.CutAnswer ? answer.AsMemory(0, answer.Length / 2) : answer, ending.Token);
    }

    private async Task<(string Head, string Body)> ReadAsync(NetworkStream stream)
    {
        var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var text = Encoding.UTF8.GetString(all.ToArray());
            if (text.Split("\r\n\r\n", 2) is [var head, var body])
            {
                var length = head.Split("\r\n")
                    .Select(static line => line.Split(": ", 2))
                    .Where(static line => line is ["Content-Length", _])
                    .Select(static line => int.Parse(line[1], CultureInfo.InvariantCulture))
                    .SingleOrDefault();
                if (Encoding.UTF8.GetByteCount(body) >= length)
                {
                    return (head, body);
                }
            }

            var read = await stream.ReadAsync(buffer, ending.Token);
            if (read == 0)
            {
                return ("", "");
            }

            all.Write(buffer, 0, read);
        }
    }
}
