using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using OpsManager.Sources.Storage;

namespace OpsManager.Service.Publish;

/// <summary>How far a log was published, and what the server acknowledged last, of this log or of the one before it.</summary>
internal sealed class LogPosition
{
    private readonly string loop;

    /// <param name="cursor">What was kept; null where nothing was, or nothing that can be used.</param>
    public LogPosition(string loop, PublishCursor? cursor)
    {
        this.loop = loop;
        if (cursor is null)
        {
            return;
        }

        Replaced = cursor.Replaced;
        if (cursor.Fingerprint is { } print)
        {
            (Log, Line, Bytes, Print) = (cursor.Log, cursor.EventLineOffset, cursor.ByteOffset, print);
        }

        // Without a fingerprint, no line of the log that is there now was acknowledged: it was cut or replaced.
        (AckedLog, AckedLine, AckedSequence, AckedBy) = (cursor.Log, cursor.EventLineOffset, cursor.Sequence, cursor.Publisher);
        if (Log is not null)
        {
            Marks.Load(cursor.Marks);
        }
    }

    /// <summary>Where lines of the log are in the stream.</summary>
    public LineMarks Marks { get; } = new();

    /// <summary>How often the log was cut or replaced.</summary>
    public int Replaced { get; private set; }

    /// <summary>The identity of the log; null before a line of it is there.</summary>
    public string? Log { get; private set; }

    /// <summary>Lines that are published.</summary>
    public long Line { get; private set; }

    /// <summary>First byte behind them.</summary>
    public long Bytes { get; private set; }

    /// <summary>What the published lines were; null before the first.</summary>
    public LogFingerprint? Print { get; private set; }

    /// <summary>The log of the line that the server acknowledged last.</summary>
    public string? AckedLog { get; private set; }

    public long AckedLine { get; private set; }

    public ulong AckedSequence { get; private set; }

    /// <summary>Who published it: this process, or the one that wrote the cursor.</summary>
    public string? AckedBy { get; private set; }

    /// <summary>Whether the published lines still are in the log.</summary>
    /// <exception cref="IOException">The log cannot be read: that says nothing.</exception>
    public bool Holds(IRepoFiles files) => Print is not { } print || LogContinuity.Holds(files, ArtifactPaths.Events(loop), new CursorFile
    {
        SchemaVersion = ContractVersion.V1,
        RepoPath = "",
        LoopId = loop,
        EventsFile = ArtifactPaths.Events(loop),
        EventLineOffset = Line,
        EventLineCount = Line,
        UpdatedAt = default,
        ByteOffset = Bytes,
        Fingerprint = print,
    });

    /// <summary>The log was cut or replaced: its lines begin again.</summary>
    public void Replace()
    {
        Restart();
        Replaced++;
    }

    /// <summary>Nothing of this log is published.</summary>
    public void Restart()
    {
        (Log, Line, Bytes, Print) = (null, 0, 0, null);
        Marks.Clear();
    }

    /// <summary>The stream has this line of this log, and it is ours: the log has had so many replacements before it.</summary>
    /// <param name="published">Lines that are published whole.</param>
    public void Find(int replaced, string log, long line, long published, ulong sequence, string by)
    {
        if (log != Log || (Marks.All.Count > 0 && (Marks.All[^1].Line > line || Marks.All[^1].Sequence > sequence)))
        {
            // They are of another log, or of a stream that is no longer there.
            Marks.Clear();
        }

        (Replaced, Log, Line, Bytes, Print) = (replaced, log, published, 0, null);
        (AckedLog, AckedLine, AckedSequence, AckedBy) = (log, line, sequence, by);
    }

    /// <summary>The log has its first line, and with it an identity.</summary>
    public void Name(LogIdentity identity) => Log = identity.Of(Replaced);

    /// <summary>Lines up to this one are published.</summary>
    public void Pass(long line) => Line = line;

    /// <summary>The server has this line.</summary>
    /// <param name="before">The number of the message before it.</param>
    public void Acknowledge(long line, ulong before, ulong sequence, string by)
    {
        (Line, AckedLog, AckedLine, AckedSequence, AckedBy) = (line, Log, line, sequence, by);
        Marks.Add(line, before + 1);
    }

    /// <summary>What the lines up to <paramref name="line"/> are, and where they end; null where the log is shorter by now.</summary>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public (long Bytes, LogFingerprint Print)? PrintAt(LoopReading reading, long line)
    {
        if (line == 0 || line > reading.Lines)
        {
            return null;
        }

        var last = reading.Log[(int)line - 1];
        var end = last.Offset + last.Length + 1;
        return LogContinuity.Take(reading.Files, ArtifactPaths.Events(loop), line, end, last.Length) is { } print ? (end, print) : null;
    }

    /// <summary>Remembers what the published lines are, to recognise a log that was cut or replaced.</summary>
    public void Keep((long Bytes, LogFingerprint Print)? taken)
    {
        if (taken is { } one)
        {
            (Bytes, Print) = one;
        }
    }
}
