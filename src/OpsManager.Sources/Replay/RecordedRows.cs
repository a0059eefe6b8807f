using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Core.Events;

namespace OpsManager.Sources.Replay;

/// <summary>
/// The lines of a file that grows, each at its own time. A line without a time that can be read goes with the line before it, and the
/// first ones with the first that has one. A time that goes back is that of the line before: order is file order.
/// </summary>
internal static class RecordedRows
{
    private static readonly string[] Grows =
        [FileNames.Usage, FileNames.Decisions, FileNames.Intents, FileNames.ControlRows];

    /// <summary>Whether a file is one of rows that have times of their own; the log of events is another.</summary>
    public static bool IsOne(RecordedFile file) => file.Loop is { } loop
        && Grows.Any(name => file.Path == $"{ArtifactPaths.Loop(loop)}/{name}" || file.Path == $"{ArtifactPaths.Manager(loop)}/{name}");

    public static void Read(RecordedFile file, List<RecordedMoment> moments)
    {
        var first = moments.Count;
        var last = 0L;
        foreach (var (number, line) in Lines(file))
        {
            var at = TimeOf(line);
            if (at > 0 && last == 0)
            {
                Retime(moments, first, at);
            }

            last = Math.Max(last, at);
            moments.Add(new(last, MomentKind.Append, file.Path, line, number));
            if (last > 0 && file.Path == ArtifactPaths.Intents(file.Loop!) && IsCancelled(line))
            {
                // A cancel that took effect has removed it.
                moments.Add(new(last, MomentKind.InferredRemoval, ArtifactPaths.State, []));
            }
        }

        if (last == 0)
        {
            Retime(moments, first, file.ModifiedAt.UtcTicks);
        }
    }

    /// <summary>Each line of a file with its newline, if it has one, and its number from 1.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IEnumerable<(int Number, byte[] Line)> Lines(RecordedFile file)
    {
        using var stream = file.Open();
        foreach (var (number, line, hasEnd) in Utf8Lines.ReadToEnd(stream, file.Path, (int)RecordedFiles.MaxBytes))
        {
            var text = new byte[line.Length + (hasEnd ? 1 : 0)];
            line.CopyTo(text);
            if (hasEnd)
            {
                text[^1] = (byte)'\n';
            }

            yield return (number, text);
        }
    }

    /// <summary>Gives the moments from <paramref name="first"/> on a time.</summary>
    public static void Retime(List<RecordedMoment> moments, int first, long at)
    {
        for (var i = first; i < moments.Count; i++)
        {
            moments[i] = moments[i] with { At = at };
        }
    }

    private static bool IsCancelled(byte[] line) => line.Length <= EventRowReader.MaxLineBytes
        && IntentRow.Parse(line).Value is { Intent: IntentWords.Cancel, Status: IntentStatus.Confirmed };

    /// <summary>In ticks; 0 where the line has none that can be read.</summary>
    private static long TimeOf(byte[] line)
    {
        if (line.Length > EventRowReader.MaxLineBytes)
        {
            return 0;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Time("timestamp")?.UtcTicks ?? 0;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return 0;
        }
    }
}
