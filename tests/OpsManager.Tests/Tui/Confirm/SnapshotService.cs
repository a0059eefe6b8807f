using System.IO.Abstractions;
using System.Net;
using System.Text;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Serialization;
using OpsManager.Core.Fold;
using OpsManager.Sources.Local;

namespace OpsManager.Tests.Tui.Confirm;

/// <summary>A v1 service on a real socket, over a real repository; a test may have it say something else.</summary>
internal sealed class SnapshotService : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;
    private int asked;

    public SnapshotService(LiveRepo repo)
    {
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        listener.Prefixes.Add(Url.ToString());
        listener.Start();
        serving = ServeAsync(repo);
    }

    public Uri Url { get; }

    /// <summary>What becomes of the true snapshot before it is sent.</summary>
    public Func<SnapshotEnvelope, SnapshotEnvelope> Says { get; set; } = static snapshot => snapshot;

    /// <summary>Sent instead of a snapshot; null for one.</summary>
    public (int Status, string Body)? Instead { get; set; }

    public int Asked => Volatile.Read(ref asked);

    public string? Token { get; private set; }

    public void Dispose()
    {
        listener.Close();
        serving.Wait();
    }

    private async Task ServeAsync(LiveRepo repo)
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Interlocked.Increment(ref asked);
            Token = context.Request.Headers["X-Ops-Token"];
            var loop = context.Request.QueryString["loopId"]!;
            var (status, body) = Instead ?? (200, ContractJson.Write(
                Says(SnapshotBuilder.Build(
                    await new LoopReader(new FileSystem(), TimeProvider.System, FoldOptions.Default).ReadAsync(repo.Root, loop),
                    null)), ContractJson.Default.SnapshotEnvelope));
            try
            {
                context.Response.StatusCode = status;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
            catch (HttpListenerException)
            {
                // Whoever asked does not want to know any more.
            }
        }
    }
}
