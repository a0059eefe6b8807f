using System.Net;
using Microsoft.AspNetCore.Connections;

namespace OpsManager.Service.Connections;

/// <summary>Accepts a connection only when there is a place for it: until then it waits in the system's queue and costs nothing.</summary>
internal sealed class LimitedTransport(IConnectionListenerFactory sockets, ConnectionLimiter limiter) : IConnectionListenerFactory
{
    /// <summary>Frees the place of a connection when it has ended.</summary>
    public static ConnectionDelegate Leaving(ConnectionDelegate next) => async connection =>
    {
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            connection.Features.Get<ClientConnection>()?.Leave();
        }
    };

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await sockets.BindAsync(endpoint, cancellationToken).ConfigureAwait(false), limiter);

    private sealed class Listener(IConnectionListener inner, ConnectionLimiter limiter) : IConnectionListener
    {
        private readonly CancellationTokenSource unbound = new();

        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            if (await inner.AcceptAsync(cancellationToken).ConfigureAwait(false) is not { } connection)
            {
                return null;
            }

            try
            {
                var client = new ClientConnection(limiter, connection.Abort);
                await limiter.AdmitAsync(client, unbound.Token).ConfigureAwait(false);
                connection.Features.Set(client);
                return connection;
            }
            catch (OperationCanceledException)
            {
                // The service ends: who still waited for a place is no longer answered.
                connection.Abort();
                await connection.DisposeAsync().ConfigureAwait(false);
                return null;
            }
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await unbound.CancelAsync().ConfigureAwait(false);
            await inner.UnbindAsync(cancellationToken).ConfigureAwait(false);
        }

        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            unbound.Dispose();
        }
    }
}
