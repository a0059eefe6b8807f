using System.Runtime.InteropServices;
using System.Text;
using OpsManager.Tui.Terminal.Unix;
using Terminal.Gui.Drivers;

namespace OpsManager.Tui.Terminal.Input;

/// <summary>
/// Reads keys from a descriptor, sleeping in poll(2) until there are some; the library's own reader wakes fifty times a second,
/// spins when the terminal is gone, and tears characters that lie across its chunks.
/// </summary>
/// <remarks>
/// <see cref="Peek"/> and <see cref="Read"/> run on the library's input thread. <see cref="Stop"/> must be called before the
/// application is disposed, or that thread is never joined.
/// </remarks>
internal sealed unsafe class BlockingInput : AnsiInput
{
    private static readonly TimeSpan ParkedWithin = TimeSpan.FromSeconds(1);

    private readonly int descriptor;
    private readonly int wake = Libc.EventFd(0, Libc.EfdCloexecNonblock);
    private readonly Decoder decoder = new UTF8Encoding(false, false).GetDecoder();
    private readonly KeySequenceAssembler keys;
    private readonly byte[] bytes = new byte[4096];
    // The decoder may give one character more than it was given bytes: a half one kept from before.
    private readonly char[] characters = new char[4097];
    private readonly List<char> ready = [];
    private readonly ManualResetEventSlim parked = new();
    private volatile bool stopped;
    private volatile bool gone;
    private volatile bool paused;
    private bool restIsLate;

    /// <param name="descriptor">What to read from; 0 is standard input.</param>
    /// <param name="escapeWait">How long the rest of a key sequence may take; null is 60 ms.</param>
    /// <param name="time">Clock for that wait; null is the system's.</param>
    public BlockingInput(int descriptor = 0, TimeSpan? escapeWait = null, TimeProvider? time = null)
    {
        this.descriptor = descriptor;
        keys = new KeySequenceAssembler(escapeWait ?? EscapeDelay.Local, time, report => MouseUsed?.Invoke(report));
    }

    /// <summary>Raised on the input thread after characters were handed over.</summary>
    public event Action? Arrived;

    /// <summary>Raised on the input thread for what the mouse did, where its reports are switched on.</summary>
    public event Action<MouseReport>? MouseUsed;

    /// <summary>Raised once, on the input thread, when the terminal is gone (hang-up, end of file, error).</summary>
    public event Action? HungUp;

    /// <summary>Wakes the input thread for good. Any thread; more than once is fine.</summary>
    public void Stop()
    {
        stopped = true;
        Wake();
    }

    /// <summary>Leaves the descriptor to another program: nothing is read from it when this returns, until <see cref="Resume"/>.</summary>
    public void Pause()
    {
        parked.Reset();
        paused = true;
        Wake();
        // The input thread answers at once unless it has ended.
        parked.Wait(ParkedWithin);
    }

    /// <summary>Reads again.</summary>
    public void Resume()
    {
        paused = false;
        Wake();
    }

    /// <inheritdoc/>
    public override bool Peek()
    {
        if (base.Peek())
        {
            return true;
        }

        if (stopped)
        {
            return false;
        }

        var isPaused = paused;
        if (isPaused)
        {
            parked.Set();
        }

        var sources = stackalloc Libc.PollFd[2];
        sources[0] = new Libc.PollFd { Descriptor = wake, Events = Libc.PollIn };
        sources[1] = new Libc.PollFd { Descriptor = descriptor, Events = Libc.PollIn };
        // A terminal that is gone is always "ready"; wait to be woken alone then.
        var wait = gone || isPaused || keys.Left is not { } left ? -1 : (int)Math.Ceiling(left.TotalMilliseconds);
        var ready = Libc.Poll(sources, gone || isPaused ? 1u : 2u, wait);
        if (ready == 0)
        {
            restIsLate = true;
            return true;
        }

        if (ready > 0 && (sources[0].Returned & Libc.PollIn) != 0)
        {
            ulong count;
            _ = Libc.Read(wake, (byte*)&count, sizeof(ulong));
            return false;
        }

        if (ready < 0 || gone || isPaused)
        {
            return false;
        }

        if ((sources[1].Returned & Libc.PollIn) != 0)
        {
            return true;
        }

        if ((sources[1].Returned & (Libc.PollHup | Libc.PollErr | Libc.PollNval)) != 0)
        {
            NoteGone();
        }

        return false;
    }

    /// <inheritdoc/>
    public override IEnumerable<char> Read()
    {
        var count = restIsLate ? GiveUp() : Fill();
        for (var index = 0; index < count; index++)
        {
            yield return ready[index];
        }

        // After the last one is in the queue, so that whoever is woken finds them all.
        if (count > 0)
        {
            Arrived?.Invoke();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _ = Libc.Close(wake);
        parked.Dispose();
    }

    private void Wake()
    {
        ulong one = 1;
        // Fails only when the counter is full, and then the thread is awake already.
        _ = Libc.Write(wake, (byte*)&one, sizeof(ulong));
    }

    private int Fill()
    {
        nint count;
        fixed (byte* start = bytes)
        {
            count = Libc.Read(descriptor, start, bytes.Length);
        }

        if (count <= 0)
        {
            if (count == 0 || Marshal.GetLastPInvokeError() is not (Libc.Eintr or Libc.Eagain))
            {
                NoteGone();
            }

            return 0;
        }

        var length = decoder.GetChars(bytes.AsSpan(0, (int)count), characters, false);
        ready.Clear();
        keys.Take(characters.AsSpan(0, length), ready);
        return ready.Count;
    }

    private int GiveUp()
    {
        restIsLate = false;
        ready.Clear();
        keys.GiveUp(ready);
        return ready.Count;
    }

    private void NoteGone()
    {
        gone = true;
        HungUp?.Invoke();
    }
}
