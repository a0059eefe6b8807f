using OpsManager.Tui.Terminal.Unix;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>Stops this process and those that belong to it, as Ctrl+Z does, until somebody continues them.</summary>
/// <param name="descriptor">The terminal of the process; negative is none.</param>
// The event is never disposed: a signal may still set it, and it holds nothing of the kernel.
#pragma warning disable CA1001
internal sealed unsafe class JobStop(int descriptor)
#pragma warning restore CA1001
{
    /// <summary>A stop that nobody answers with SIGCONT within this was ignored: there is no shell to come back from.</summary>
    public static readonly TimeSpan TakesEffect = TimeSpan.FromMilliseconds(300);

    private readonly ManualResetEventSlim continued = new();
    private volatile bool underWay;

    /// <summary>We have stopped ourselves and were not continued yet.</summary>
    public bool IsUnderWay => underWay;

    /// <summary>Whether the terminal is ours: it belongs to one job at a time.</summary>
    public bool IsForeground => Libc.TcGetPgrp(descriptor) is var group && (group < 0 || group == Libc.GetPgrp());

    /// <summary>The process was continued, or must not wait for it any longer. Any thread.</summary>
    public void NoteContinued() => continued.Set();

    /// <summary>Stops, and returns when the process was continued.</summary>
    /// <returns>False where it was not stopped.</returns>
    public bool StopUntilContinued()
    {
        underWay = true;
        continued.Reset();
        var byDefault = stackalloc byte[Libc.SigactionSize];
        var ours = stackalloc byte[Libc.SigactionSize];
        new Span<byte>(byDefault, Libc.SigactionSize).Clear();
        _ = Libc.SigAction(Libc.SigTstp, byDefault, ours);
        try
        {
            // The whole group, as Ctrl+Z does: a wrapper around us stops with us.
            _ = Libc.KillPg(Libc.GetPgrp(), Libc.SigTstp);
            return continued.Wait(TakesEffect);
        }
        finally
        {
            _ = Libc.SigAction(Libc.SigTstp, ours, null);
            underWay = false;
        }
    }
}
