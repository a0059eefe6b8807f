using System.Drawing;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>Where the bytes of the screen go: the terminal, or memory in tests.</summary>
public interface ITerminalPort
{
    /// <summary>The terminal's size in cells right now, or null when it does not say.</summary>
    Size? Size { get; }

    /// <summary>
    /// Writes all bytes, waiting for a slow terminal. A terminal that is gone swallows them: its hang-up is seen by the input.
    /// </summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>As <see cref="Write"/>; true where the line was full and had to be waited for.</summary>
    bool WriteNoting(ReadOnlySpan<byte> bytes)
    {
        Write(bytes);
        return false;
    }

    /// <summary>Whether the terminal would take something now.</summary>
    bool HasRoom => true;

    /// <summary>
    /// As <see cref="Write"/>, but gives up on a terminal that takes nothing for that long; false when not all was written.
    /// </summary>
    bool TryWrite(ReadOnlySpan<byte> bytes, TimeSpan patience);
}
