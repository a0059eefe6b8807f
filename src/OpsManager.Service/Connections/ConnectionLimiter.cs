using System.Globalization;

namespace OpsManager.Service.Connections;

/// <summary>
/// Keeps connections few without keeping callers out. One that sends no complete request in time is closed. Where all places are
/// taken, the one that has been silent longest gives way to the next; one that is being answered never does. Connections of which
/// nothing is known and those of callers that were let in are kept apart, and the larger group gives way, so that neither drives the
/// other out. The remote address plays no part: on one host, and behind a sprite's own address, all callers share one.
/// </summary>
internal sealed class ConnectionLimiter : IDisposable
{
    /// <summary>Between two lines of the log about places that are all taken.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromMinutes(1);

    private readonly ConnectionLimits limits;
    private readonly TimeProvider time;
    private readonly Action<string> tell;
    private readonly Lock gate = new();

    /// <summary>The silent ones, the longest silent first.</summary>
    private readonly LinkedList<ClientConnection> strangers = new(), callers = new();

    private readonly ITimer timer;
    private TaskCompletionSource? change;
    private bool isArmed;
    private bool isDisposed;
    private int open;
    private long gaveWay;
    private long? toldAt;

    /// <param name="tell">Gets warnings for the log.</param>
    public ConnectionLimiter(ConnectionLimits limits, TimeProvider time, Action<string> tell)
    {
        (this.limits, this.time, this.tell) = (limits, time, tell);
        timer = time.CreateTimer(
            static self => ((ConnectionLimiter)self!).CloseOverdue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Connections that have a place now.</summary>
    public int Open
    {
        get
        {
            lock (gate)
            {
                return open;
            }
        }
    }

    /// <summary>Ends when the connection has a place. One at a time may wait here; those behind it wait in the system's queue.</summary>
    /// <exception cref="OperationCanceledException">The service no longer listens.</exception>
    public async ValueTask AdmitAsync(ClientConnection connection, CancellationToken cancel)
    {
        while (TryAdmit(connection) is { } later)
        {
            await later.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>See <see cref="ClientConnection.TryBeginAnswer"/>.</summary>
    public bool TryBeginAnswer(ClientConnection connection)
    {
        lock (gate)
        {
            if (connection.IsClosed)
            {
                return false;
            }

            connection.IsCaller = true;
            connection.Node.List?.Remove(connection.Node);
            return true;
        }
    }

    /// <summary>See <see cref="ClientConnection.EndAnswer"/>.</summary>
    public void EndAnswer(ClientConnection connection)
    {
        lock (gate)
        {
            if (!connection.IsClosed)
            {
                connection.Node.List?.Remove(connection.Node);
                Silent(connection);
            }
        }
    }

    /// <summary>See <see cref="ClientConnection.Leave"/>.</summary>
    public void Leave(ClientConnection connection)
    {
        lock (gate)
        {
            Forget(connection);
        }
    }

    /// <summary>Closes every connection that is silent now: the service ends, and does not wait for them.</summary>
    public void CloseSilent()
    {
        ClientConnection[] silent;
        lock (gate)
        {
            silent = [.. strangers, .. callers];
            Array.ForEach(silent, Forget);
        }

        Array.ForEach(silent, static connection => connection.Close());
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
        }

        timer.Dispose();
    }

    /// <summary>Gives it a place, where there is one.</summary>
    /// <returns>Null where it has one; else what ends when it is worth another try.</returns>
    private Task? TryAdmit(ClientConnection connection)
    {
        ClientConnection? closed = null;
        string? words = null;
        lock (gate)
        {
            if (open >= limits.MaxConnections)
            {
                closed = First is { } first && IsSilentFor(first, limits.MinSilence) ? first : null;
                if (closed is null)
                {
                    change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    // The timer may be set for later.
                    Arm();
                    return change.Task;
                }

                Forget(closed);
                words = Words();
            }

            open++;
            Silent(connection);
        }

        closed?.Close();
        if (words is not null)
        {
            tell(words);
        }

        return null;
    }

    /// <summary>The next that gives way; null where none is silent.</summary>
    private ClientConnection? First => (strangers.Count >= callers.Count ? strangers : callers).First?.Value;

    private bool IsSilentFor(ClientConnection connection, TimeSpan least) => time.GetElapsedTime(connection.SilentSince) >= least;

    private void Silent(ClientConnection connection)
    {
        connection.SilentSince = time.GetTimestamp();
        (connection.IsCaller ? callers : strangers).AddLast(connection.Node);
        Changed();
        if (!isArmed)
        {
            Arm();
        }
    }

    private void Forget(ClientConnection connection)
    {
        if (!connection.IsClosed)
        {
            connection.IsClosed = true;
            connection.Node.List?.Remove(connection.Node);
            open--;
            Changed();
        }
    }

    private void Changed()
    {
        change?.SetResult();
        change = null;
    }

    private void CloseOverdue()
    {
        var overdue = new List<ClientConnection>();
        lock (gate)
        {
            foreach (var silent in (ReadOnlySpan<LinkedList<ClientConnection>>)[strangers, callers])
            {
                while (silent.First?.Value is { } first && IsSilentFor(first, limits.RequestWithin))
                {
                    Forget(first);
                    overdue.Add(first);
                }
            }

            Changed();
            Arm();
        }

        overdue.ForEach(static connection => connection.Close());
    }

    /// <summary>Sets the timer for the next moment at which a connection can be closed.</summary>
    private void Arm()
    {
        var next = TimeSpan.MaxValue;
        if (change is not null && First is { } first)
        {
            next = Left(first, limits.MinSilence);
        }

        foreach (var silent in (ReadOnlySpan<LinkedList<ClientConnection>>)[strangers, callers])
        {
            if (silent.First?.Value is { } longest && Left(longest, limits.RequestWithin) is var left && left < next)
            {
                next = left;
            }
        }

        isArmed = next != TimeSpan.MaxValue && !isDisposed;
        if (isArmed)
        {
            timer.Change(next, Timeout.InfiniteTimeSpan);
        }
    }

    private TimeSpan Left(ClientConnection connection, TimeSpan limit)
    {
        // Rounded up to what a timer can measure, else it would fire again and again before the moment has come.
        var left = Math.Ceiling((limit - time.GetElapsedTime(connection.SilentSince)).TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Math.Max(left, 0));
    }

    /// <summary>What the log says of connections that gave way; null while it was said a moment ago.</summary>
    private string? Words()
    {
        gaveWay++;
        if (toldAt is { } before && time.GetElapsedTime(before) < TellEvery)
        {
            return null;
        }

        toldAt = time.GetTimestamp();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"All {limits.MaxConnections} connections are in use: the longest silent ones are closed for new ones ({gaveWay} so far). "
                + $"Requests are still answered.");
    }
}
