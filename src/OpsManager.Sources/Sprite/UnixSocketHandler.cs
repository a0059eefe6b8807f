using System.Net.Sockets;

namespace OpsManager.Sources.Sprite;

/// <summary>Sends a request for a Unix socket there, past every proxy, and any other over the network.</summary>
internal sealed class UnixSocketHandler : DelegatingHandler
{
    /// <summary>Longest path of a socket in bytes, by sockaddr_un.</summary>
    public const int MaxPathBytes = 107;

    private static readonly HttpRequestOptionsKey<string> SocketKey = new("OpsManager.Socket");

    private readonly HttpMessageInvoker sockets;

    /// <param name="create">Makes a handler as the client wants it, for each of the two ways.</param>
    public UnixSocketHandler(Func<SocketsHttpHandler> create)
        : base(create())
    {
        var handler = create();
        handler.UseProxy = false;
        handler.ConnectCallback = ConnectAsync;
        sockets = new HttpMessageInvoker(handler);
    }

    /// <summary>Marks a request as one for the service that listens on <paramref name="socket"/>.</summary>
    public static void Direct(HttpRequestMessage request, string socket)
    {
        request.Options.Set(SocketKey, socket);
        // A service without a token answers requests to this host alone, by whatever name they are kept apart here.
        request.Headers.Host = "localhost";
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Options.TryGetValue(SocketKey, out _)
            ? sockets.SendAsync(request, cancellationToken)
            : base.SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            sockets.Dispose();
        }

        base.Dispose(disposing);
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        if (!context.InitialRequestMessage.Options.TryGetValue(SocketKey, out var path))
        {
            throw new InvalidOperationException("a request without a socket came to the handler of sockets");
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
