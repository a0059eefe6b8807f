namespace OpsManager.Contract.Manager;

/// <summary>
/// What was read of a log, so that a replaced log is not taken for one that has grown (docs/contract.md, "Cursor file").
/// Additive: cursors of other tools have none. With a byte offset it is of bytes; without one of the first and of the last
/// event as values.
/// </summary>
public sealed record LogFingerprint
{
    /// <summary>Lines that it covers; another tool may move the cursor on and leave this as it is.</summary>
    public required long EventLineOffset { get; init; }

    /// <summary>Bytes at the start of the log, or of its first event, that <see cref="HeadSha256"/> is of.</summary>
    public required int HeadBytes { get; init; }

    /// <summary>In hexadecimal digits.</summary>
    public required string HeadSha256 { get; init; }

    /// <summary>Bytes of the last line that was read, without its newline.</summary>
    public required int LastLineBytes { get; init; }

    public required string LastLineSha256 { get; init; }
}
