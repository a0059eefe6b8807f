using System.Diagnostics;
using Xunit;

namespace OpsManager.Testing;

/// <summary>Waits for what another process or thread brings about, without keeping a processor busy.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether something became so in time.</summary>
    public static bool Is(Func<bool> isSo, TimeSpan within)
    {
        var waiting = Stopwatch.StartNew();
        while (!isSo())
        {
            if (waiting.Elapsed > within)
            {
                return false;
            }

            TestContext.Current.CancellationToken.WaitHandle.WaitOne(Pause);
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        return true;
    }
}
