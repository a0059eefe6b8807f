using OpsManager.Contract.Artifacts;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Reads rows from what is read of a file, each when its newline is there, and keeps the newest until they are asked for.
/// </summary>
/// <param name="limit">Rows that are kept between two times they are asked for.</param>
public sealed class RowScanner<T>(Func<ReadOnlyMemory<byte>, ArtifactParse<T>> parse, int limit) : LineCutter(0, MaxLineBytes)
    where T : class
{
    /// <summary>Longest line that is read as a row, in bytes.</summary>
    public const int MaxLineBytes = 1024 * 1024;

    private readonly Queue<T> rows = [];
    private long line;

    /// <summary>Rows understood, lines that are no row and the first of them, since they were last taken.</summary>
    public (long Count, long Invalid, long? FirstInvalidLine) Found { get; private set; }

    /// <summary>The newest rows since the last time, oldest first.</summary>
    public IReadOnlyList<T> TakeRows()
    {
        var taken = rows.ToArray();
        rows.Clear();
        Found = default;
        return taken;
    }

    protected override void Line(ReadOnlySpan<byte> line, long offset)
    {
        this.line++;
        if (ArtifactText.IsBlank(line))
        {
            return;
        }

        if (parse(line.ToArray()).Value is not { } row)
        {
            Refuse();
            return;
        }

        if (rows.Count == limit)
        {
            rows.Dequeue();
        }

        rows.Enqueue(row);
        Found = Found with { Count = Found.Count + 1 };
    }

    protected override void LongLine(long offset, long length)
    {
        line++;
        Refuse();
    }

    private void Refuse() => Found = Found with { Invalid = Found.Invalid + 1, FirstInvalidLine = Found.FirstInvalidLine ?? line };
}
