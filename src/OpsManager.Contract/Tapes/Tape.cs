namespace OpsManager.Contract.Tapes;

/// <summary>A recorded run (docs/contract.md, "Tapes"). Time in a replay is <see cref="RecordedAt"/> plus a step's offset.</summary>
public sealed record Tape(string Name, string Title, DateTimeOffset RecordedAt, IReadOnlyList<TapeStep> Steps)
{
    /// <summary>The path that artifacts use for the repository; null where the tape does not say.</summary>
    public string? Repo { get; init; }

    /// <summary>What the recording does not show, such as "no process evidence: lifecycle from the log alone"; null mostly.</summary>
    public string? Note { get; init; }

    /// <summary>The recorder could look at processes, whether it saw one or not.</summary>
    public bool SeesProcesses { get; init; }

    /// <summary>What the recorder says of what it redacted; null where it does not say.</summary>
    public string? Redaction { get; init; }

    /// <summary>Why it ends before its file does, with the line; null where it was read whole.</summary>
    public string? Fault { get; init; }

    /// <summary>
    /// From which moment on the files are known as they were. What is missing before may have been there: only logs cover that time.
    /// Null where the recorder saw every change.
    /// </summary>
    public TimeSpan? KnownFrom { get; init; }

    /// <summary>From the start of the recording to its last step.</summary>
    public TimeSpan Length => Steps.Count == 0 ? TimeSpan.Zero : Steps[^1].At;
}

/// <summary>
/// One thing that happened, <paramref name="At"/> after the start; <paramref name="Line"/> is its line in the tape file.
/// </summary>
public abstract record TapeStep(TimeSpan At, int Line);

/// <summary>The file now holds exactly <paramref name="Text"/>.</summary>
public sealed record TapePut(TimeSpan At, int Line, string Path, byte[] Text) : TapeStep(At, Line);

/// <summary>The file has grown by <paramref name="Text"/>.</summary>
public sealed record TapeAppend(TimeSpan At, int Line, string Path, byte[] Text) : TapeStep(At, Line);

/// <summary>The file is gone, or cannot be read.</summary>
public sealed record TapeRemove(TimeSpan At, int Line, string Path) : TapeStep(At, Line)
{
    /// <summary>Why it cannot be read although something is there; null where nothing is.</summary>
    public string? Fault { get; init; }
}

/// <summary>The process that active-run.json named was seen alive, or was seen to be gone. What is null was not recorded.</summary>
public sealed record TapeProcess(TimeSpan At, int Line, int Pid, bool Alive) : TapeStep(At, Line)
{
    /// <summary>The loop whose run it is, where it was found by its command line.</summary>
    public string? Loop { get; init; }

    /// <summary>Its command line, arguments with blanks between them.</summary>
    public string? Command { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public int? Group { get; init; }

    public ProcessState State { get; init; }

    /// <summary>It could not be looked at: neither alive nor gone, whatever <see cref="Alive"/> says.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>What exactly the recorder was told; null on a tape that says only whether it is alive.</summary>
    public TapeSighting? Seen { get; init; }
}

/// <summary>
/// What was really so: <paramref name="Truth"/> for the assessment, <paramref name="Reference"/> for the contract status.
/// </summary>
public sealed record TapeMark(TimeSpan At, int Line, string LoopId, Lifecycle Truth, string Why, Lifecycle Reference) : TapeStep(At, Line);

/// <summary>A remark of whoever recorded, or of the recorder itself. It says nothing of any loop.</summary>
public sealed record TapeRemark(TimeSpan At, int Line, string Text) : TapeStep(At, Line);
