using System.Text;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Storage;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;

namespace OpsManager.Control.Act;

/// <summary>
/// What the files of a loop hold of one idempotency key right now. Models are a moment old: they cannot tell that a key is unused.
/// </summary>
/// <param name="Case">Its rows of telemetry/control.jsonl; null where it has none.</param>
/// <param name="Row">Its newest row of intents.jsonl, or the one that a service answered with; null where there is no outcome yet.</param>
internal sealed record KeyHistory(ControlCase? Case, IntentRow? Row)
{
    /// <summary>
    /// How much of the end of each file, its generations included, is searched, in bytes (docs/control.md, "Asking again").
    /// </summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>How often a search starts over because another manager's rotation has taken a file from it.</summary>
    private const int MaxTries = 4;

    public static KeyHistory None { get; } = new(null, null);

    /// <summary>It was sent, or may have been: it is not sent again.</summary>
    public bool IsUsed => Row is not null || Case?.StartedAt is not null;

    /// <summary>What telemetry/control.jsonl alone says; empty where it cannot be read.</summary>
    public static KeyHistory Sent(ManagerFiles kept, string key)
    {
        try
        {
            return new KeyHistory(CaseOf(kept, key), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    /// <exception cref="IOException">A file cannot be read, so it is unknown whether the key was used.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="ContractException">service-idempotency.json is not what it should be.</exception>
    public static KeyHistory Read(ManagerFiles kept, string key)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return Search(kept, key);
            }
            catch (FileNotFoundException) when (tries < MaxTries)
            {
                // A generation got its next number between being looked at and being read.
            }
        }
    }

    private static ControlCase? CaseOf(ManagerFiles kept, string key)
    {
        ControlCase? found = null;
        // A rotation leaves rows of what is open in two files: the same row twice is one step.
        var steps = new HashSet<string>(StringComparer.Ordinal);
        Search(kept.Generations(kept.ControlRows), key, line =>
        {
            if (ControlRow.Parse(line).Value is { Intent.Length: > 0 } step
                && step.IdempotencyKey == key
                && steps.Add(Encoding.Latin1.GetString(line.Span)))
            {
                found ??= new ControlCase { Key = key, Intent = step.Intent, TraceId = step.TraceId, By = step.RequestedBy };
                found = found.With(step);
            }
        });
        return found;
    }

    private static KeyHistory Search(ManagerFiles kept, string key)
    {
        var found = CaseOf(kept, key);
        IntentRow? row = null;
        Search(
            kept.Generations(kept.Intents), key,
            line => row = IntentRow.Parse(line).Value is { } read && read.IdempotencyKey == key && !IsUnsent(read) ? read : row);
        return new KeyHistory(found, row ?? Answered(kept, key));
    }

    /// <summary>Refuses a key that was used for another request.</summary>
    /// <exception cref="ContractException">It does.</exception>
    public void Check(ControlRequest request)
    {
        var (intent, by, note) = Row is { } row ? (row.Intent, row.RequestedBy, row.Note) : (Case?.Intent, Case?.By, Case?.Note);
        // As rows are read: longer texts are cut.
        var wantedBy = JsonFields.Cut(request.By, JsonFields.MaxWordChars);
        var wantedNote = JsonFields.Cut(request.Intent.Note, JsonFields.MaxNoteChars) ?? "";
        if (intent is not null && (intent != request.Intent.Word || (by ?? wantedBy) != wantedBy || (note ?? "") != wantedNote))
        {
            var other = $"{intent} by {by ?? "somebody"}";
            var fault = $"idempotency key \"{request.IdempotencyKey}\" was used for another request: {other}. Nothing was sent.";
            throw new ContractException(ControlRequest.KeyTaken, fault);
        }
    }

    /// <summary>The service could not be asked: nothing was sent, so the same key may still be.</summary>
    private static bool IsUnsent(IntentRow row) => row.ReasonCode == FailureCodes.ServiceRequestFailed;

    private static IntentRow? Answered(ManagerFiles kept, string key)
    {
        var entries = IdempotencyEntries.Known(kept.LoadDocument(kept.ServiceIdempotency));
        return entries.GetValueOrDefault(key)?.Answer.Result is { ValueKind: JsonValueKind.Object } row
            ? IntentRow.Parse(row).Value
            : null;
    }

    /// <param name="generations">Oldest first.</param>
    private static void Search(IReadOnlyList<GuardedPath> generations, string key, Action<ReadOnlyMemory<byte>> found)
    {
        var parts = new Stack<(GuardedPath Path, long From, long Size)>();
        var left = MaxBytes;
        foreach (var path in generations.Reverse())
        {
            if (left > 0 && path.Inspect() is { } probe)
            {
                var from = Math.Max(0, probe.Stamp.Size - left);
                parts.Push((path, from, probe.Stamp.Size));
                left -= probe.Stamp.Size - from;
            }
        }

        foreach (var (path, from, size) in parts)
        {
            Search(path, from, size, key, found);
        }
    }

    private static void Search(GuardedPath path, long at, long size, string key, Action<ReadOnlyMemory<byte>> found)
    {
        var lines = new Lines(Encoding.UTF8.GetBytes(key), found, isInside: at > 0);
        var buffer = new byte[128 * 1024];
        while (at < size
            && path.Files.ReadAt(path.Path, at, buffer.AsSpan(0, (int)Math.Min(buffer.Length, size - at))) is > 0 and var count)
        {
            lines.Take(buffer.AsSpan(0, count));
            at += count;
        }
    }

    /// <summary>Finds whole lines that may hold the key: it is in them as it is, or something in them is escaped.</summary>
    /// <param name="isInside">The first line is the end of one.</param>
    private sealed class Lines(byte[] key, Action<ReadOnlyMemory<byte>> found, bool isInside)
        : LineCutter(0, RowScanner<ControlRow>.MaxLineBytes)
    {
        private bool isInside = isInside;

        protected override void Line(ReadOnlySpan<byte> line, long offset)
        {
            if (!isInside && (line.IndexOf(key) >= 0 || line.Contains((byte)'\\')))
            {
                found(line.ToArray());
            }

            isInside = false;
        }

        protected override void LongLine(long offset, long length) => isInside = false;
    }
}
