using System.Drawing;
using System.Runtime.InteropServices;

namespace OpsManager.Tui.Terminal;

/// <summary>The terminal behind standard output, written without a buffer in between.</summary>
public sealed unsafe class StandardPort : ITerminalPort
{
    private const int StandardOutput = 1;

    private static volatile int output = StandardOutput;

    /// <inheritdoc/>
    public Size? Size => Libc.TryGetWindowSize(output, out var columns, out var rows) ? new Size(columns, rows) : null;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes) => TryWrite(bytes, -1);

    /// <inheritdoc/>
    public bool TryWrite(ReadOnlySpan<byte> bytes, TimeSpan patience) => TryWrite(bytes, (int)patience.TotalMilliseconds);

    /// <summary>
    /// Lets everything vanish that others in this process still write to standard output; this class goes on reaching the terminal.
    /// Only for a process that is about to end.
    /// </summary>
    internal static void SilenceOthers()
    {
        var terminal = Libc.Dup(StandardOutput);
        var nothing = Libc.Open("/dev/null", Libc.WriteOnly);
        if (terminal >= 0 && nothing >= 0)
        {
            output = terminal;
            _ = Libc.Dup2(nothing, StandardOutput);
        }
    }

    // Negative patience waits for ever.
    private static bool TryWrite(ReadOnlySpan<byte> bytes, int patienceMilliseconds)
    {
        fixed (byte* start = bytes)
        {
            var written = 0;
            while (written < bytes.Length)
            {
                // A bounded write must not block in the kernel: ask for room first, and write no more than a terminal always has then.
                var count = patienceMilliseconds < 0 ? bytes.Length - written : Math.Min(bytes.Length - written, 512);
                if (patienceMilliseconds >= 0 && !HasRoom(patienceMilliseconds))
                {
                    return false;
                }

                var result = Libc.Write(output, start + written, count);
                if (result > 0)
                {
                    written += (int)result;
                    continue;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Libc.Eintr:
                        break;
                    // Something made the terminal non-blocking; dropping the rest would tear the frame.
                    case Libc.Eagain when HasRoom(patienceMilliseconds):
                        break;
                    default:
                        return false;
                }
            }
        }

        return true;
    }

    private static bool HasRoom(int milliseconds)
    {
        Libc.PollFd descriptor = new() { Descriptor = output, Events = Libc.PollOut };
        int ready;
        do
        {
            ready = Libc.Poll(&descriptor, 1, milliseconds);
        }
        while (ready < 0 && Marshal.GetLastPInvokeError() == Libc.Eintr);

        return ready > 0 && (descriptor.Returned & Libc.PollOut) != 0;
    }
}
