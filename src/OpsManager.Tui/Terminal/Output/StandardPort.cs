using System.Diagnostics;
using System.Drawing;
using System.Runtime.InteropServices;
using OpsManager.Tui.Terminal.Unix;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>
/// The terminal behind standard output, written without a buffer in between. It is opened once more, for us alone, so that a write
/// need not sleep: the kernel wakes a writer only when nearly all that waits has gone out, which on a slow line takes half a minute.
/// </summary>
internal sealed unsafe class StandardPort : ITerminalPort
{
    private const int StandardOutput = 1;

    // How long one sleep in poll may be: it looks at the room there is when it begins, and is not always woken when some comes.
    private const int Glance = 20;

    private static volatile int output = StandardOutput;

    public StandardPort()
    {
        const int Flags = Libc.WriteOnly | Libc.NoControllingTty | Libc.NonBlocking | Libc.CloseOnExec;
        if (output == StandardOutput && Libc.IsATty(StandardOutput) != 0
            && Libc.Open($"/proc/self/fd/{StandardOutput}", Flags) is >= 0 and var own)
        {
            output = own;
        }
    }

    /// <inheritdoc/>
    public Size? Size => Libc.TryGetWindowSize(output, out var columns, out var rows) ? new Size(columns, rows) : null;

    /// <inheritdoc/>
    public bool HasRoom => HasRoomWithin(0);

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes) => Write(bytes, -1, out _);

    /// <inheritdoc/>
    public bool WriteNoting(ReadOnlySpan<byte> bytes)
    {
        Write(bytes, -1, out var waited);
        return waited;
    }

    /// <inheritdoc/>
    public bool TryWrite(ReadOnlySpan<byte> bytes, TimeSpan patience) => Write(bytes, (int)patience.TotalMilliseconds, out _);

    /// <summary>
    /// Lets everything vanish that others in this process still write to standard output; this class goes on reaching the terminal.
    /// Only for a process that is about to end.
    /// </summary>
    internal static void SilenceOthers()
    {
        var terminal = output == StandardOutput ? Libc.Dup(StandardOutput) : output;
        var nothing = Libc.Open("/dev/null", Libc.WriteOnly);
        if (terminal >= 0 && nothing >= 0)
        {
            output = terminal;
            _ = Libc.Dup2(nothing, StandardOutput);
        }
    }

    // Negative patience waits for ever.
    private static bool Write(ReadOnlySpan<byte> bytes, int patienceMilliseconds, out bool waited)
    {
        waited = false;
        // Where it could not be opened once more, a bounded write must not block in the kernel: ask for room first, and write no
        // more than a terminal always has then.
        var mayBlock = output == StandardOutput;
        fixed (byte* start = bytes)
        {
            var written = 0;
            while (written < bytes.Length)
            {
                var bounded = mayBlock && patienceMilliseconds >= 0;
                if (bounded && !HasRoomWithin(patienceMilliseconds))
                {
                    return false;
                }

                var result = Libc.Write(output, start + written, bounded ? Math.Min(bytes.Length - written, 512) : bytes.Length - written);
                if (result > 0)
                {
                    written += (int)result;
                    continue;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Libc.Eintr:
                        break;
                    case Libc.Eagain:
                        waited = true;
                        if (!HasRoomWithin(patienceMilliseconds))
                        {
                            return false;
                        }

                        break;
                    default:
                        return false;
                }
            }
        }

        return true;
    }

    private static bool HasRoomWithin(int milliseconds)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var left = milliseconds < 0 ? Glance : milliseconds - (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            Libc.PollFd descriptor = new() { Descriptor = output, Events = Libc.PollOut };
            var ready = Libc.Poll(&descriptor, 1, Math.Clamp(left, 0, Glance));
            if (ready > 0)
            {
                return (descriptor.Returned & Libc.PollOut) != 0;
            }

            if ((ready < 0 && Marshal.GetLastPInvokeError() != Libc.Eintr) || left <= 0)
            {
                return false;
            }
        }
    }
}
