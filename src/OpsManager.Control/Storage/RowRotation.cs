using System.Globalization;
using System.IO.Abstractions;
using System.Text;
using OpsManager.Sources.Files;

namespace OpsManager.Control.Storage;

/// <summary>
/// Rotates the rows files of a loop: <c>NAME.jsonl</c> becomes <c>NAME.1.jsonl</c>, which was <c>NAME.2.jsonl</c> before, and so on.
/// <para>
/// Most files are only renamed. A writer that opened the file just before still writes its whole row, into the first generation.
/// telemetry/control.jsonl and intents.jsonl are read to judge by: rows of what is open are copied, as they are and in order, into
/// the file that takes their place, and both change their names in one step, so that the file is never missing and never without
/// them. Rows that came in between are copied behind it. A process that is killed at any step loses no row; what is in two
/// files is folded as one. It would be simpler not to rotate while something is open, but an intent that nobody reviews is open for
/// ever. A file system without that step (NFS) keeps these two files whole.
/// </para>
/// </summary>
internal sealed class RowRotation(IFileSystem files, ManagerFiles kept, RowRetention retention)
{
    /// <summary>How much of the end of a file is read for what is open, in bytes; as much as is searched for a key.</summary>
    private const int MaxReadBytes = 64 * 1024 * 1024;

    private const string Extension = ".jsonl";

    /// <summary>The generation of a rows file, from 1; it may not be there.</summary>
    public static GuardedPath Generation(GuardedPath path, int number)
    {
        // A file that the user has named may have any name.
        var (stem, extension) = path.Path.EndsWith(Extension, StringComparison.Ordinal)
            ? (path.Path[..^Extension.Length], Extension)
            : (path.Path, "");
        return path with { Path = string.Create(CultureInfo.InvariantCulture, $"{stem}.{number}{extension}") };
    }

    /// <summary>All of them and the file itself, oldest first.</summary>
    public IReadOnlyList<GuardedPath> Generations(GuardedPath path) =>
        [.. Enumerable.Range(1, retention.Generations).Reverse().Select(number => Generation(path, number)), path];

    /// <summary>Rotates a file that has reached its bound by the row that was just appended.</summary>
    /// <param name="row">Place of the row.</param>
    /// <param name="held">The loop's short lock, where the caller holds it.</param>
    public void After(GuardedPath path, (long Start, long End) row, LoopLock? held)
    {
        if (row.End < retention.MaxBytes || row.Start / retention.Step == row.End / retention.Step)
        {
            return;
        }

        try
        {
            using var taken = held is null ? LoopLock.TryTake(files, kept) : null;
            // Another manager may have rotated it meanwhile.
            if ((taken ?? held) is not null && path.Inspect()?.Stamp.Size >= retention.MaxBytes)
            {
                Rotate(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The row itself is kept, which is what the caller is told; the file grows on, and is tried again a step later.
        }
    }

    private void Rotate(GuardedPath path)
    {
        if (path == kept.ControlRows)
        {
            // First intents.jsonl, so that none of its rows is ever judged without the steps that led to it.
            RotateIntents();
            var told = CarriedRows.KeysOf(Rows.From(kept.Intents).Lines);
            Rotate(path, rows => CarriedRows.OfControl(rows, told));
        }
        else if (path == kept.Intents)
        {
            RotateIntents();
        }
        else
        {
            Shift(path);
            Rename(path, 1);
        }
    }

    private void RotateIntents() => Rotate(kept.Intents, rows => CarriedRows.OfIntents(rows, retention.CarriedBytes));

    private void Rotate(GuardedPath path, Func<IReadOnlyList<ReadOnlyMemory<byte>>, IReadOnlyList<ReadOnlyMemory<byte>>> carry)
    {
        var before = Rows.From(path);
        var carried = carry(before.Lines);
        // With more than half of it open, little would be won, and the next row might rotate it again.
        if (carried.Count == 0 || carried.Sum(static row => row.Length + 1L) > before.Size / 2)
        {
            return;
        }

        var first = Generation(path, 1);
        RemoveUnused(first, before);
        Shift(path);
        retention.Reached?.Invoke(RotationStep.Prepare);
        first.Replace(Text(carried));
        retention.Reached?.Invoke(RotationStep.Exchange);
        if (!path.Files.TryExchange(path.Path, NameOf(first)))
        {
            path.Files.Delete(first.Path);
            return;
        }

        retention.Reached?.Invoke(RotationStep.Complete);
        if (Rows.From(first, before.End).Lines is { Count: > 0 } late)
        {
            path.AppendLine(Text(late), durable: true);
        }
    }

    /// <summary>
    /// Removes what a rotation that was killed before its last step has prepared: it would take the place of a generation. All its
    /// rows are in the file, so that nothing is lost even if it were one.
    /// </summary>
    private static void RemoveUnused(GuardedPath first, Rows before)
    {
        if (first.Inspect() is { } probe && probe.Stamp.Size <= before.Size / 2)
        {
            var known = before.Lines.Select(static row => Encoding.Latin1.GetString(row.Span)).ToHashSet(StringComparer.Ordinal);
            if (Rows.From(first).Lines.All(row => known.Contains(Encoding.Latin1.GetString(row.Span))))
            {
                first.Files.Delete(first.Path);
            }
        }
    }

    /// <summary>Gives each generation its next number, up to the first number that is free; where none is, the oldest goes.</summary>
    private void Shift(GuardedPath path)
    {
        var free = Enumerable
            .Range(1, retention.Generations)
            .FirstOrDefault(number => !Generation(path, number).Exists, retention.Generations);
        for (var number = free - 1; number > 0; number--)
        {
            Rename(Generation(path, number), Generation(path, number + 1));
        }
    }

    private void Rename(GuardedPath path, int number) => Rename(path, Generation(path, number));

    private void Rename(GuardedPath path, GuardedPath to)
    {
        retention.Reached?.Invoke(RotationStep.Shift);
        path.Files.Rename(path.Path, NameOf(to));
    }

    private static string NameOf(GuardedPath path) => path.Path[(path.Path.LastIndexOf('/') + 1)..];

    private static string Text(IEnumerable<ReadOnlyMemory<byte>> rows) =>
        string.Join('\n', rows.Select(static row => Encoding.UTF8.GetString(row.Span)));

    /// <summary>The whole rows of a file, or of its end.</summary>
    /// <param name="Size">Of the file, in bytes.</param>
    /// <param name="End">Where the last whole row ends.</param>
    private sealed record Rows(IReadOnlyList<ReadOnlyMemory<byte>> Lines, long Size, long End)
    {
        public static Rows From(GuardedPath path, long from = 0)
        {
            var size = path.Inspect()?.Stamp.Size ?? 0;
            var start = Math.Max(from, size - MaxReadBytes);
            var bytes = new byte[Math.Max(0, size - start)];
            ReadOnlyMemory<byte> text = bytes.AsMemory(0, bytes.Length == 0 ? 0 : path.Files.ReadAt(path.Path, start, bytes));
            text = text[..(text.Span.LastIndexOf((byte)'\n') + 1)];
            var end = start + text.Length;
            if (start > from)
            {
                // The end of a row that began before.
                text = text[(text.Span.IndexOf((byte)'\n') + 1)..];
            }

            var lines = new List<ReadOnlyMemory<byte>>();
            while (text.Span.IndexOf((byte)'\n') is >= 0 and var line)
            {
                lines.Add(text[..line]);
                text = text[(line + 1)..];
            }

            return new(lines, size, end);
        }
    }
}
