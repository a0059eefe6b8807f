using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace OpsManager.Tests.Service;

/// <summary>A connection to the service on which anything can be sent, a part of a request too.</summary>
internal sealed class RawCaller : IDisposable
{
    private readonly Socket socket;
    private readonly NetworkStream stream;

    /// <summary>Ends what would never end; a test that waits so long has failed.</summary>
    private readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken);

    private RawCaller(Socket socket)
    {
        (this.socket, stream) = (socket, new NetworkStream(socket));
        patience.CancelAfter(RunningService.Patience);
    }

    public static async Task<RawCaller> OpenAsync(RunningService service)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(
            new IPEndPoint(IPAddress.Loopback, new Uri(service.Address).Port), TestContext.Current.CancellationToken);
        return new RawCaller(socket);
    }

    /// <summary>Opens so many, each when the one before has a place.</summary>
    public static async Task<IReadOnlyList<RawCaller>> OpenAsync(RunningService service, int count)
    {
        var opened = new List<RawCaller>();
        while (opened.Count < count)
        {
            var before = service.Connections;
            opened.Add(await OpenAsync(service));
            RunningService.Until(() => service.Connections > before);
        }

        return opened;
    }

    public async Task SendAsync(string text) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    /// <summary>Asks, and gives the status of the answer, which is read to its end.</summary>
    public async Task<int> AskAsync(string path)
    {
        await SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return await AnswerAsync();
    }

    public async Task<int> AnswerAsync()
    {
        var head = new StringBuilder();
        var letter = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Assert.Equal(1, await stream.ReadAsync(letter, patience.Token));
            head.Append((char)letter[0]);
        }

        var lines = head.ToString().Split("\r\n");
        var length = lines.Single(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        var body = new byte[int.Parse(length.AsSpan(length.IndexOf(':') + 1).Trim(), System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, patience.Token);
        return int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the answer that asks for the body.</summary>
    public async Task<int> ContinueAsync()
    {
        const string Expected = "HTTP/1.1 100 Continue\r\n\r\n";
        var answer = new byte[Expected.Length];
        await stream.ReadExactlyAsync(answer, patience.Token);
        return Encoding.UTF8.GetString(answer) == Expected ? 100 : 0;
    }

    /// <summary>All that the service still sends, when it has closed the connection.</summary>
    public async Task<string> RestAsync()
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync(patience.Token);
    }

    /// <summary>Ends when the service has closed the connection.</summary>
    public async Task ClosedAsync()
    {
        try
        {
            var rest = new byte[1024];
            while (await stream.ReadAsync(rest, patience.Token) > 0)
            {
                // A last answer may come before the end.
            }
        }
        catch (IOException)
        {
            // A reset is an end as well.
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        socket.Dispose();
        patience.Dispose();
    }
}
