using System.Text;
using OpsManager.Contract;
using OpsManager.Core.Events;
using OpsManager.Core.Model;

namespace OpsManager.Sources.Local;

/// <summary>Reads lines from the sources' files when they are drawn, and keeps the last screenfuls.</summary>
public sealed class EventText(IReadOnlyList<ISource> sources) : IEventText
{
    private const int MaxRawBytes = 1024 * 1024;

    private const int MaxKept = 1024;

    /// <summary>Lines that stand together in so many bytes are read together.</summary>
    private const int PieceBytes = 256 * 1024;

    private readonly Dictionary<(EventLog Log, int Row), EventLine> kept = [];

    public IReadOnlyList<EventLine> Read(LoopModel loop, int from, int to)
    {
        if (loop.Log is not { } log || to <= from)
        {
            return [];
        }

        if (kept.Count > MaxKept)
        {
            kept.Clear();
        }

        var lines = new EventLine[to - from];
        Piece? piece = null;
        for (var row = from; row < to; row++)
        {
            if (!kept.TryGetValue((log, row), out var line))
            {
                piece ??= ReadPiece(loop, log, row, to);
                kept[(log, row)] = line = piece.LineOf(log, row) ?? ReadLine(loop, log, row);
            }

            lines[row - from] = line;
        }

        return lines;
    }

    /// <summary>The bytes from a row on, up to another one or as many as are read together.</summary>
    private Piece ReadPiece(LoopModel loop, EventLog log, int from, int to)
    {
        var start = log[from].Offset;
        var end = log[to - 1].Offset + log[to - 1].Length;
        try
        {
            var bytes = new byte[(int)Math.Min(end - start, PieceBytes)];
            return new Piece(start, bytes.AsMemory(0, ReadAt(loop, start, bytes)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Piece(start, default);
        }
    }

    public string? Raw(LoopModel loop, int row)
    {
        if (loop.Log is not { } log || row < 0 || row >= log.Count)
        {
            return null;
        }

        try
        {
            var bytes = new byte[Math.Min(log[row].Length, MaxRawBytes)];
            return ReadAt(loop, log[row].Offset, bytes) == bytes.Length ? Encoding.UTF8.GetString(bytes) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private EventLine ReadLine(LoopModel loop, EventLog log, int row)
    {
        try
        {
            var bytes = new byte[Math.Min(log[row].Length, EventLines.MaxShownBytes)];
            var read = ReadAt(loop, log[row].Offset, bytes);
            return EventLines.From(log, row, bytes.AsMemory(0, read));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return EventLines.Gone(log, row);
        }
    }

    private sealed record Piece(long Start, ReadOnlyMemory<byte> Bytes)
    {
        /// <summary>A line that is in this piece whole; null where it does not, or is too long to be read whole.</summary>
        public EventLine? LineOf(EventLog log, int row)
        {
            var (offset, length) = (log[row].Offset - Start, log[row].Length);
            return length <= EventLines.MaxShownBytes && offset + length <= Bytes.Length
                ? EventLines.From(log, row, Bytes.Slice((int)offset, length))
                : null;
        }
    }

    /// <exception cref="IOException">The log cannot be read, or its repository is no longer watched.</exception>
    private int ReadAt(LoopModel loop, long offset, Span<byte> into) =>
        sources.FirstOrDefault(source => source.Repo == loop.Repo) is { } source
        ? source.Files.ReadAt(ArtifactPaths.Events(loop.Id), offset, into)
        : throw new IOException($"{loop.Repo} is no longer watched");
}
