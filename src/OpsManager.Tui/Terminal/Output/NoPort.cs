using System.Drawing;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>A terminal that is not there.</summary>
internal sealed class NoPort : ITerminalPort
{
    public Size? Size => null;

    public void Write(ReadOnlySpan<byte> bytes)
    {
    }

    public bool TryWrite(ReadOnlySpan<byte> bytes, TimeSpan patience) => true;
}
