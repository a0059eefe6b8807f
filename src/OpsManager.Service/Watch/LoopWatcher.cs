using OpsManager.Contract;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Watch;

/// <summary>
/// Watches one loop for all who ask. Looks follow each other; who asks during one shares the next, which begins after they asked,
/// so that no answer is older than its request.
/// </summary>
internal sealed class LoopWatcher : IDisposable
{
    /// <summary>The longest time between two looks while somebody waits for a change.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Hints come in bursts, several for one write: one look serves the burst.</summary>
    private static readonly TimeSpan HintDelay = TimeSpan.FromMilliseconds(5);

    private readonly LoopProbe look;
    private readonly GrowingDigest log;
    private readonly ChangeSignal signal;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lock gate = new();
    private Task<LoopSight>? asked;
    private Task<LoopSight>? awaited;
    private SnapshotFingerprint? print;
    private LoopState state = new();

    public LoopWatcher(LoopProbe look, IRepoFiles files, string loop, ChangeSignal signal, TimeProvider time)
    {
        (this.look, this.signal, this.time) = (look, signal, time);
        log = new GrowingDigest(files, ArtifactPaths.Events(loop));
    }

    /// <summary>The loop as it is, by a look that begins now or later.</summary>
    /// <exception cref="ContractException">A required artifact is missing, invalid or unreadable.</exception>
    public Task<LoopSight> LookAsync()
    {
        lock (gate)
        {
            return asked ??= Task.Run(TakeAsync);
        }
    }

    /// <summary>A look when the host says that something has changed, and within a quarter of a second anyway.</summary>
    /// <exception cref="ContractException">A required artifact is missing, invalid or unreadable.</exception>
    public Task<LoopSight> NextAsync()
    {
        lock (gate)
        {
            return awaited ??= Task.Run(SoonAsync);
        }
    }

    /// <summary>The snapshot of what was seen; made once for each state.</summary>
    /// <exception cref="ContractException">The newest line is no event.</exception>
    public async Task<SnapshotBody> SnapshotAsync(LoopSight sight)
    {
        if (sight.State.Body is { } made)
        {
            return made;
        }

        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            return sight.State.Body ??= new SnapshotBody(
                LoopExtras.From(sight.Reading).Beside(SnapshotBuilder.Build(sight.Reading, null, log: log)));
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        log.Dispose();
        turn.Dispose();
    }

    private async Task<LoopSight> TakeAsync()
    {
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            lock (gate)
            {
                // Who asks from here on did not ask before this look began.
                asked = null;
            }

            var reading = await look.TakeAsync().ConfigureAwait(false);
            var now = SnapshotFingerprint.From(reading, look.Changes);
            if (print?.IsSame(now) != true)
            {
                (print, state) = (now, new LoopState());
            }

            return new LoopSight(reading, state);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<LoopSight> SoonAsync()
    {
        var delay = Task.Delay(Poll, time);
        if (await Task.WhenAny(signal.Next, delay).ConfigureAwait(false) != delay)
        {
            await Task.Delay(HintDelay, time).ConfigureAwait(false);
        }

        lock (gate)
        {
            awaited = null;
        }

        return await LookAsync().ConfigureAwait(false);
    }
}
