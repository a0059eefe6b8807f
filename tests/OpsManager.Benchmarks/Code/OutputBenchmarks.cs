using BenchmarkDotNet.Attributes;
using OpsManager.Benchmarks.Data;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Benchmarks.Code;

/// <summary>A frame of 160x45 cells on its way to the terminal: whole, with one cell changed, and with none.</summary>
[MemoryDiagnoser]
public class OutputBenchmarks
{
    private readonly SinkPort port = new(160, 45);
    private readonly DiffOutput output;
    private readonly OutputBufferImpl buffer = new();
    private bool turn;

    public OutputBenchmarks()
    {
        output = new DiffOutput(port, ColorDepth.True);
        buffer.SetSize(160, 45);
        buffer.CurrentAttribute = new Attribute(new Color(200, 200, 200), new Color(0, 0, 64));
        for (var row = 0; row < 45; row++)
        {
            buffer.Move(0, row);
            buffer.AddStr(new string((char)('a' + (row % 26)), 160));
        }

        output.Write(buffer);
    }

    [Benchmark]
    public long Whole()
    {
        output.Invalidate();
        output.Write(buffer);
        return port.Bytes;
    }

    [Benchmark]
    public long OneCell()
    {
        turn = !turn;
        buffer.Move(80, 20);
        buffer.AddStr(turn ? "1" : "2");
        output.Write(buffer);
        return port.Bytes;
    }

    [Benchmark]
    public long Nothing()
    {
        output.Write(buffer);
        return port.Bytes;
    }
}
