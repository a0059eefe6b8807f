namespace OpsManager.Service.Connections;

/// <summary>What connections may take of the service (docs/service.md, "Limits").</summary>
internal sealed record ConnectionLimits
{
    public static readonly ConnectionLimits Default = new();

    /// <summary>Connections at a time. The next one waits in the system's queue until a silent one is closed for it.</summary>
    public int MaxConnections { get; init; } = 256;

    /// <summary>
    /// Time for a complete request, from the opening of the connection or the end of its last answer; then it is closed.
    /// </summary>
    public TimeSpan RequestWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A connection is not closed for another one before it was silent for so long: a request that is on its way is read, however
    /// many others arrive.
    /// </summary>
    public TimeSpan MinSilence { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Connections that the system keeps waiting; the kernel has a limit of its own (net.core.somaxconn).</summary>
    public int Backlog { get; init; } = 4096;
}
