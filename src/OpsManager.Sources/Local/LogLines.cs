using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Events;
using OpsManager.Sources.Files;
using OpsManager.Sources.Storage;

namespace OpsManager.Sources.Local;

/// <summary>Lines of a log that were read: all, or those after a cursor. A row is named by the line before it in the file.</summary>
/// <param name="Repo">Path of the repository that they are of.</param>
/// <param name="Skipped">Lines before the first row of the index, which were not read.</param>
/// <param name="Count">Complete lines of the whole log.</param>
/// <param name="At">When it was read.</param>
public sealed record LogLines(IRepoFiles Files, string Repo, string Loop, EventLog Log, int Skipped, int Count, DateTimeOffset At)
{
    /// <summary>All lines of a loop that was read.</summary>
    public static LogLines From(LoopReading reading) =>
        new(reading.Files, reading.Repo.Path, reading.Loop.Id, reading.Log, 0, reading.Lines, reading.At);

    /// <summary>The log, relative to the repository.</summary>
    public string Path => ArtifactPaths.Events(Loop);

    /// <summary>The log as messages name it.</summary>
    public string Shown => $"{Repo}/{Path}";

    /// <summary>The row of line <paramref name="line"/> + 1, which was read.</summary>
    public ref readonly EventRow this[int line] => ref Log[line - Skipped];

    /// <summary>What a cursor keeps of the lines up to <paramref name="end"/>, read on from <paramref name="before"/>.</summary>
    public (long? ByteOffset, LogFingerprint? Fingerprint) Fingerprint(CursorFile before, int end)
    {
        if (end <= Skipped)
        {
            return (before.ByteOffset, before.Fingerprint);
        }

        var last = this[end - 1];
        var bytes = last.Offset + last.Length + 1;
        return LogContinuity.Take(Files, Path, end, bytes, last.Length) is { } print ? (bytes, print) : default;
    }
}
