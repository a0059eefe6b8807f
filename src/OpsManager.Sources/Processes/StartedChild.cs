using System.Runtime.InteropServices;

namespace OpsManager.Sources.Processes;

/// <summary>
/// A program that was started. Until it is reaped its number stays its own, and that of its group: nobody else's process can be
/// killed for it.
/// </summary>
internal sealed unsafe class StartedChild(int pid)
{
    private const int ThreadStackBytes = 512 * 1024;
    private const int ByPid = 1;
    private const int HasExited = 0x4;
    private const int KeepWaitable = 0x0100_0000;
    private const int SignalMask = 0x7f;

    private const int Exited = 1;
    private const int Forgotten = 2;

    /// <summary>Which came first: that it exited, or that nobody asks for its exit code now.</summary>
    private int state;

    public int Pid => pid;

    /// <summary>Waits on a thread of its own for the exit, and leaves the child to be reaped.</summary>
    public Task WhenExited()
    {
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = new Thread(
            () =>
            {
                WaitForExit();
                if (Interlocked.Exchange(ref state, Exited) == Forgotten)
                {
                    Reap();
                }

                exited.SetResult();
            },
            ThreadStackBytes)
        { IsBackground = true, Name = "child wait" };
        waiting.Start();
        return exited.Task;
    }

    /// <summary>
    /// Its exit code will interest nobody, but its number has to be given back: it is reaped as soon as it exits, by the thread that
    /// waits for that.
    /// </summary>
    public void Forget()
    {
        if (Interlocked.Exchange(ref state, Forgotten) == Exited)
        {
            Reap();
        }
    }

    public void WaitForExit()
    {
        // Room for siginfo_t, which nobody reads.
        var information = stackalloc byte[ChildLibc.StructSize];
        while (ChildLibc.WaitId(ByPid, pid, information, HasExited | KeepWaitable) != 0
            && Marshal.GetLastPInvokeError() == ChildLibc.Eintr)
        {
        }
    }

    /// <summary>After the exit, and once. Its number may be another process's from here on.</summary>
    /// <returns>The exit code, 128 and the number of the signal that ended it, or null where somebody else has reaped it.</returns>
    public int? Reap()
    {
        int status, reaped;
        while ((reaped = ChildLibc.WaitPid(pid, out status, 0)) < 0 && Marshal.GetLastPInvokeError() == ChildLibc.Eintr)
        {
        }

        return reaped != pid ? null : (status & SignalMask) == 0 ? (status >> 8) & 0xff : 128 + (status & SignalMask);
    }
}
