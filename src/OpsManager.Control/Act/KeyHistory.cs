using System.Text;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Control.Storage;
using OpsManager.Core.Control;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;

namespace OpsManager.Control.Act;

/// <summary>
/// What the files of a loop hold of one idempotency key right now. Models are a moment old: they cannot tell that a key is unused.
/// </summary>
/// <param name="Case">Its rows of telemetry/control.jsonl; null where it has none.</param>
/// <param name="Row">Its newest row of intents.jsonl, or the one that a service answered with; null where no outcome was told.</param>
internal sealed record KeyHistory(ControlCase? Case, IntentRow? Row)
{
    /// <summary>How much of the end of each file is searched, in bytes (docs/control.md, "Asking again").</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    public static KeyHistory None { get; } = new(null, null);

    /// <summary>It was sent, or may have been: it is not sent again.</summary>
    public bool IsUsed => Row is not null || Case?.StartedAt is not null;

    /// <exception cref="IOException">A file cannot be read: then nobody knows whether the key was used.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="ContractException">service-idempotency.json is not what it should be.</exception>
    public static KeyHistory Read(ManagerFiles kept, string key)
    {
        ControlCase? found = null;
        Search(kept.ControlRows, key, line =>
        {
            if (ControlRow.Parse(line).Value is { Intent.Length: > 0 } step && step.IdempotencyKey == key)
            {
                found ??= new ControlCase { Key = key, Intent = step.Intent, TraceId = step.TraceId, By = step.RequestedBy };
                found = found.With(step);
            }
        });
        IntentRow? row = null;
        Search(kept.Intents, key, line => row = IntentRow.Parse(line).Value is { } read && read.IdempotencyKey == key ? read : row);
        return new KeyHistory(found, row ?? Answered(kept, key));
    }

    /// <summary>Refuses a key that stands for another request.</summary>
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

    private static IntentRow? Answered(ManagerFiles kept, string key)
    {
        var entries = kept.Load(kept.ServiceIdempotency, ContractJson.Default.DictionaryStringIdempotencyEntry);
        return entries?.GetValueOrDefault(key)?.Answer.Result is { ValueKind: JsonValueKind.Object } row ? IntentRow.Of(row).Value : null;
    }

    private static void Search(GuardedPath path, string key, Action<ReadOnlyMemory<byte>> found)
    {
        if (path.Look() is not { } probe)
        {
            return;
        }

        var at = Math.Max(0, probe.Stamp.Size - MaxBytes);
        var lines = new Lines(Encoding.UTF8.GetBytes(key), found, isInside: at > 0);
        var buffer = new byte[128 * 1024];
        while (at < probe.Stamp.Size && path.Files.ReadAt(path.Path, at, buffer.AsSpan(0, (int)Math.Min(buffer.Length, probe.Stamp.Size - at))) is > 0 and var count)
        {
            lines.Take(buffer.AsSpan(0, count));
            at += count;
        }
    }

    /// <summary>Finds whole lines that may hold the key: it stands in them as it is, or something in them is escaped.</summary>
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
