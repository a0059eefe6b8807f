using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>A server on a real socket that answers each request with the bytes that a test wants, and closes.</summary>
internal sealed class ScriptedService : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Task serving;
    private int requests;

    public ScriptedService(Func<string, int, string?> answer)
    {
        Answer = answer;
        listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>From the request's path and its number, the whole answer; null to close without a word.</summary>
    public Func<string, int, string?> Answer { get; set; }

    public int Requests => Volatile.Read(ref requests);

    public static string Json(int status, string body, string headers = "") =>
        $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{headers}Content-Length: "
            + $"{Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            using var client = await listener.AcceptTcpClientAsync(ending.Token);
            try
            {
                using var stream = client.GetStream();
                var buffer = new byte[16 * 1024];
                var read = await stream.ReadAsync(buffer, ending.Token);
                var path = Encoding.ASCII.GetString(buffer, 0, read).Split(' ') is [_, var asked, ..] ? asked : "";
                if (Answer(path, Interlocked.Increment(ref requests)) is { } answer)
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), ending.Token);
                }
            }
            catch (IOException)
            {
                // The client has gone: the next one comes.
            }
        }
    }
}
