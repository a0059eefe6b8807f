using System.Drawing;
using OpsManager.Tui.Terminal.Output;

namespace OpsManager.Benchmarks.Data;

/// <summary>A terminal that counts what it is sent and keeps none of it.</summary>
public sealed class SinkPort(int columns, int rows) : ITerminalPort
{
    public long Bytes { get; private set; }

    public Size? Size { get; } = new(columns, rows);

    public void Write(ReadOnlySpan<byte> bytes) => Bytes += bytes.Length;

    public bool TryWrite(ReadOnlySpan<byte> bytes, TimeSpan patience)
    {
        Write(bytes);
        return true;
    }
}
