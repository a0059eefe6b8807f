namespace OpsManager.Service.Connections;

/// <summary>One connection: silent, while no complete request of it is there, or being answered.</summary>
internal sealed class ClientConnection
{
    private readonly ConnectionLimiter limiter;
    private readonly Action close;

    /// <param name="limiter">Counts it.</param>
    /// <param name="close">Closes it at once.</param>
    public ClientConnection(ConnectionLimiter limiter, Action close)
    {
        (this.limiter, this.close) = (limiter, close);
        Node = new LinkedListNode<ClientConnection>(this);
    }

    /// <summary>It was closed for another one, or because its time was over: nothing that still arrives of it is done.</summary>
    public bool IsClosed { get; internal set; }

    /// <summary>Its place among the silent ones; in no list while it is being answered. Guarded by the limiter.</summary>
    internal LinkedListNode<ClientConnection> Node { get; }

    /// <summary>Since when it has been silent, as <see cref="TimeProvider.GetTimestamp"/>. Guarded by the limiter.</summary>
    internal long SilentSince { get; set; }

    /// <summary>It has sent a complete request that was let in. Guarded by the limiter.</summary>
    internal bool IsCaller { get; set; }

    /// <summary>A complete request that was let in is there: until its end the connection is not closed.</summary>
    /// <returns>False where it is closed already.</returns>
    public bool TryBeginAnswer() => limiter.TryBeginAnswer(this);

    /// <summary>A request was answered: the time for the next one begins.</summary>
    public void EndAnswer() => limiter.EndAnswer(this);

    /// <summary>It has ended.</summary>
    public void Leave() => limiter.Leave(this);

    internal void Close() => close();
}
