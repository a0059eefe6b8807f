using OpsManager.Contract.Json;
using OpsManager.Core.Events;

namespace OpsManager.Sources.Follow;

/// <summary>Indexes what is read of a log, each line when its newline is there.</summary>
internal sealed class LineScanner(EventLog log, long start) : LineCutter(start, EventRowReader.MaxLineBytes)
{
    protected override void Line(ReadOnlySpan<byte> line, long offset)
    {
        // Whoever reads the line's text later reads it from the row's offset on, and so without the mark too.
        var mark = offset == 0 ? JsonText.MarkLength(line) : 0;
        log.Add(EventRowReader.Read(line[mark..], offset + mark, log.Words), offset + line.Length + 1);
    }

    protected override void LongLine(long offset, long length) =>
        log.Add(EventRowReader.InvalidRow(offset, (int)Math.Min(length, int.MaxValue)), offset + length + 1);
}
