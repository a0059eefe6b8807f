using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;

namespace OpsManager.Sources.Replay;

/// <summary>
/// Makes a tape of the files that a run has left: each line of a log at its own time, every other file when it was written last. Older
/// texts are not known. What the runtime must have written meanwhile is inferred from the log, so that the time before the end is not
/// judged by files that are missing: see <see cref="RecordedLog"/>.
/// </summary>
internal static class RecordedTape
{
    /// <summary>What such a tape does not show.</summary>
    public const string Limits = "no process evidence: lifecycle from the log alone; before its end, state.json and approval.json are "
        + "inferred from the log, and of other files only the last text is known";

    /// <param name="name">Of the directory or the archive.</param>
    /// <exception cref="ContractException">There is no log in it.</exception>
    public static Tape Create(string name, RecordedFiles recorded)
    {
        if (!recorded.HasLog)
        {
            throw new ContractException("recording_invalid",
                $"{name} has no {ArtifactPaths.Loops}/LOOP/{FileNames.Events}: no loop has run in it, so there is nothing to look at again"
                    + (recorded.Note is { } refused ? $" ({refused})" : ""));
        }

        var moments = new List<RecordedMoment>();
        foreach (var file in recorded.Files.Where(RecordedRows.IsOne))
        {
            RecordedRows.Read(file, moments);
        }

        var loops = 0;
        var events = 0L;
        foreach (var file in recorded.Files.Where(IsLog))
        {
            loops++;
            events += RecordedLog.Read(file, moments).Lines;
        }

        var span = RecordedSpan.Create(recorded, moments);
        foreach (var file in recorded.Files.Where(static file => !IsLog(file) && !RecordedRows.IsOne(file)))
        {
            moments.Add(Whole(file, span));
        }

        var steps = Steps(moments, span);
        var title = $"{name}: {Counts.Text(loops, "loop")} with {Counts.Text(events, "event")}, from the files";
        return new Tape(name, title, Time(span.Start), steps)
        {
            Note = recorded.Note is { } note ? $"{Limits}; {note}" : Limits,
            Fault = recorded.Fault,
            KnownFrom = steps.Count == 0 ? TimeSpan.Zero : steps[^1].At,
        };
    }

    private static bool IsLog(RecordedFile file) => file.Loop is { } loop && file.Path == ArtifactPaths.Events(loop);

    private static RecordedMoment Whole(RecordedFile file, RecordedSpan span)
    {
        var text = file.Read();
        return new(span.Place(file, WrittenAt(file, text)), MomentKind.Put, file.Path, text);
    }

    /// <summary>When a file says that it was written; null where it does not.</summary>
    private static DateTimeOffset? WrittenAt(RecordedFile file, byte[] text) => file.Path[(file.Path.LastIndexOf('/') + 1)..] switch
    {
        FileNames.State => RuntimeState.Parse(text).Value?.UpdatedAt,
        FileNames.ActiveRun => ActiveRun.Parse(text).Value?.UpdatedAt,
        FileNames.Summary => RunSummary.Parse(text).Value?.UpdatedAt,
        FileNames.Approval when Approval.Parse(text).Value is { } approval => approval.DecidedAt ?? approval.RequestedAt,
        FileNames.Heartbeat => Heartbeat.Parse(text).Value?.Timestamp,
        _ => null,
    };

    /// <summary>
    /// In the order of their times, and of one time in the order in which the runtime writes: rows, events, files. What was inferred
    /// counts until the real text is known, and where there is no real text, until the end.
    /// </summary>
    private static List<TapeStep> Steps(List<RecordedMoment> moments, RecordedSpan span)
    {
        var known = moments.Where(static moment => moment.Kind == MomentKind.Put)
            .ToDictionary(static moment => moment.Path, static moment => moment.At, StringComparer.Ordinal);
        var inferred = new HashSet<string>(StringComparer.Ordinal);
        var steps = new List<TapeStep>(moments.Count + 2);
        foreach (var moment in moments.OrderBy(static moment => moment.At))
        {
            if (moment.Kind is MomentKind.Inferred or MomentKind.InferredRemoval
                && known.TryGetValue(moment.Path, out var from) && from <= moment.At)
            {
                continue;
            }

            var at = TimeSpan.FromTicks(moment.At - span.Start);
            switch (moment.Kind)
            {
                case MomentKind.Append:
                    steps.Add(new TapeAppend(at, moment.Line, moment.Path, moment.Text));
                    break;
                case MomentKind.InferredRemoval when !inferred.Remove(moment.Path):
                    break;
                case MomentKind.InferredRemoval:
                    steps.Add(new TapeRemove(at, moment.Line, moment.Path));
                    break;
                default:
                    inferred.Add(moment.Path);
                    steps.Add(new TapePut(at, moment.Line, moment.Path, moment.Text));
                    break;
            }
        }

        // At the end the shared files are known also by not being there.
        var end = TimeSpan.FromTicks(span.End - span.Start);
        var missing = inferred.Append(ArtifactPaths.State).Append(ArtifactPaths.ActiveRun).Except(known.Keys, StringComparer.Ordinal);
        steps.AddRange(missing.Order(StringComparer.Ordinal).Select(path => new TapeRemove(end, 0, path)));
        return steps;
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
