using System.IO.Abstractions;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Replay;

namespace OpsManager.Sources.Record;

/// <summary>What was recorded of a repository in segments, as recordings: each time that a recorder ran is one.</summary>
public static class KeptRecording
{
    /// <summary>Packed bytes of the segments that are read for one recording: some hours, and no more than a replay can hold.</summary>
    private const long MaxBytes = 24L * 1024 * 1024;

    /// <summary>The newest first; none where nothing was recorded.</summary>
    /// <param name="now">
    /// The end of the newest, where it goes on: until then nothing else has changed. Null where it is known to be over.
    /// </param>
    public static IReadOnlyList<RecordingEntry> Find(IFileSystem files, SegmentStore store, string repo, DateTimeOffset? now) =>
    [
        .. store.Segments(repo).GroupBy(static segment => segment.Name.Session, StringComparer.Ordinal).Reverse()
            .Select((session, index) => Entry(files, store, repo, [.. session], index == 0 ? now : null)),
    ];

    /// <summary>Segments of one recording, in their order, as one tape. What each but the first began with is not in it again.</summary>
    internal static Tape Join(IReadOnlyList<Tape> segments, DateTimeOffset? now)
    {
        var first = segments[0];
        var steps = new List<TapeStep>();
        var at = TimeSpan.Zero;
        foreach (var (index, segment) in segments.Index())
        {
            var begun = index == 0 ? 0 : Begun(segment);
            foreach (var step in segment.Steps.Skip(begun))
            {
                var moment = segment.RecordedAt - first.RecordedAt + step.At;
                at = moment > at ? moment : at;
                steps.Add(step with { At = at, Line = steps.Count + 1 });
            }
        }

        var isOver = steps is [.., TapeRemark { Text: var said }] && said.StartsWith(SegmentedTape.Ended, StringComparison.Ordinal);
        if (!isOver && now - first.RecordedAt is { } end && end > at)
        {
            steps.Add(new TapeRemark(end, steps.Count + 1, "the present"));
        }

        return first with { Steps = steps, Fault = null };
    }

    private static int Begun(Tape segment)
    {
        for (var i = 0; i < segment.Steps.Count && segment.Steps[i].At == TimeSpan.Zero; i++)
        {
            if (segment.Steps[i] is TapeRemark { Text: SegmentedTape.Continues })
            {
                return i + 1;
            }
        }

        return 0;
    }

    private static RecordingEntry Entry(
        IFileSystem files, SegmentStore store, string repo, IReadOnlyList<(SegmentName Name, long Size)> segments, DateTimeOffset? now)
    {
        var name = $"{RedactionRules.For(repo, null, []).RepositoryAs["/repo/".Length..]}@{segments[0].Name.Began}";
        return new(
            new RecordingInfo(name, "recorded by the screen"),
            () => Join([.. Newest(segments).Select(segment => Read(files, store.PathOf(repo, segment)))], now) with { Name = name });
    }

    private static IEnumerable<SegmentName> Newest(IReadOnlyList<(SegmentName Name, long Size)> segments)
    {
        var room = MaxBytes;
        var count = segments.Reverse().TakeWhile((segment, index) => (room -= segment.Size) >= 0 || index == 0).Count();
        return segments.TakeLast(count).Select(static segment => segment.Name);
    }

    private static Tape Read(IFileSystem files, string path)
    {
        using var stream = RecordingPlace.Find(files, path).Open();
        return TapeReader.ReadToCut(path, stream);
    }
}
