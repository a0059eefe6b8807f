using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Follows one file of rows that only grows: reads what was appended, no byte twice, and starts over where the file is not the
/// one it was. A look at a file that has not changed is one probe.
/// </summary>
/// <param name="limit">Rows that one look hands out at most; of more, the newest.</param>
/// <param name="sliceBytes">How much is read in one look.</param>
internal sealed class RowFollower<T>(
    IRepoFiles files, string path, Func<ReadOnlyMemory<byte>, ArtifactParse<T>> parse, int limit, int sliceBytes)
    where T : class
{
    private RowScanner<T>? scanner;
    private LogAnchors anchors = new();
    private FileStamp stamp;
    private ArtifactCondition condition = ArtifactCondition.Unseen;
    private string? fault;
    private bool startsOver;

    /// <summary>True while there is more to read than one look takes: look again at once.</summary>
    public bool HasMore { get; private set; }

    /// <summary>What is new, or null.</summary>
    public RowReading<T>? Look()
    {
        var probe = files.Probe(path);
        if (probe.Condition != ArtifactCondition.Present)
        {
            return Unavailable(probe.Condition, probe.Fault);
        }

        if (condition == ArtifactCondition.Present && probe.Stamp == stamp && !HasMore)
        {
            return null;
        }

        try
        {
            if (scanner is null || Broke(scanner, probe.Stamp))
            {
                (scanner, anchors, startsOver) = (new RowScanner<T>(parse, limit), new LogAnchors(), true);
            }

            return scanner.IsEndless ? Unavailable(ArtifactCondition.Unreadable, LineCutter.NoLines) : Read(scanner, probe.Stamp);
        }
        catch (FileNotFoundException)
        {
            return Unavailable(ArtifactCondition.Missing, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Unavailable(ArtifactCondition.Unreadable, error.Message);
        }
    }

    private RowReading<T>? Read(RowScanner<T> rows, FileStamp seen)
    {
        var budget = ForwardRead.To(files, path, rows, anchors, seen.Size, sliceBytes);
        HasMore = rows.Position < seen.Size && budget <= 0;
        if (rows.IsEndless)
        {
            stamp = seen;
            return Unavailable(ArtifactCondition.Unreadable, LineCutter.NoLines);
        }

        var isNews = startsOver || condition != ArtifactCondition.Present || rows.Found != default;
        (stamp, condition, fault) = (seen, ArtifactCondition.Present, null);
        if (!isNews)
        {
            return null;
        }

        var (count, invalid, firstInvalid) = rows.Found;
        var reading = new RowReading<T>(ArtifactCondition.Present)
        {
            StartsOver = startsOver,
            HasMore = HasMore,
            Count = count,
            Invalid = invalid,
            FirstInvalidLine = firstInvalid,
            Stamp = seen,
            Rows = rows.TakeRows(),
        };
        startsOver = false;
        return reading;
    }

    private bool Broke(RowScanner<T> rows, FileStamp seen) =>
        condition == ArtifactCondition.Missing
            || seen.Identity != stamp.Identity
            || seen.Size < rows.Position
            || !anchors.Hold(files, path);

    private RowReading<T>? Unavailable(ArtifactCondition seen, string? why)
    {
        HasMore = false;
        if (condition == seen && fault == why)
        {
            return null;
        }

        (condition, fault) = (seen, why);
        return new RowReading<T>(seen) { Fault = why };
    }
}
