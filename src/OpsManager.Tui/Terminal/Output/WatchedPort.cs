using System.Drawing;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>A port of which somebody wants to know when it was written to.</summary>
/// <param name="written">Called behind each write, on the thread that wrote.</param>
internal sealed class WatchedPort(ITerminalPort port, Action written) : ITerminalPort
{
    public Size? Size => port.Size;

    public bool HasRoom => port.HasRoom;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        port.Write(bytes);
        written();
    }

    public bool WriteNoting(ReadOnlySpan<byte> bytes)
    {
        var waited = port.WriteNoting(bytes);
        written();
        return waited;
    }

    public bool TryWrite(ReadOnlySpan<byte> bytes, TimeSpan patience)
    {
        var isWritten = port.TryWrite(bytes, patience);
        written();
        return isWritten;
    }
}
