using System.Drawing;
using System.Text;
using OpsManager.Tui.Terminal.Output;

namespace OpsManager.Tests.Tui.Terminal;

/// <summary>A terminal that keeps what it is sent.</summary>
public sealed class MemoryPort : ITerminalPort
{
    private readonly List<byte> bytes = [];

    public Size? Size { get; set; } = new Size(80, 24);

    /// <summary>Number of writes since the last <see cref="Take"/>.</summary>
    public int Writes { get; private set; }

    /// <summary>Takes what is written all the same, and says that it had to be waited for.</summary>
    public bool IsFull { get; set; }

    public bool HasRoom => !IsFull;

    public bool WriteNoting(ReadOnlySpan<byte> bytes)
    {
        Write(bytes);
        return IsFull;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        this.bytes.AddRange(bytes);
        Writes++;
    }

    public bool TryWrite(ReadOnlySpan<byte> bytes, TimeSpan patience)
    {
        Write(bytes);
        return true;
    }

    /// <summary>What was sent since the last call.</summary>
    public string Take()
    {
        var text = Encoding.UTF8.GetString([.. bytes]);
        bytes.Clear();
        Writes = 0;
        return text;
    }
}
