using System.Text;
using CsCheck;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Files;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Replay;

/// <summary>Any moment of a recording, reached in any way, is what a replay from the start shows there.</summary>
public sealed class RecordingTests
{
    private const string Repo = "/srv/app";

    [Theory]
    [MemberData(nameof(SampleTape.Names), MemberType = typeof(SampleTape))]
    public void A_moment_reached_by_jumps_is_equal_to_a_fold_from_the_start(string name)
    {
        var tape = SampleTape.Read(name);
        var recording = Whole(tape);
        var reference = new Dictionary<int, string>();
        var isWhole = FromTheStart(tape, (look, model) => reference.Add(look, ModelText.From(model)));

        Assert.Equal(recording.Last, isWhole);
        Gen.Int[0, recording.Last].Array[4, 8].Sample(
            jumps => Assert.All(jumps, look =>
                Assert.Equal(reference[look], ModelText.From(recording.ModelAt(look, recording[look].At)))),
            iter: 12,
            threads: 1);
    }

    [Fact]
    public void Also_where_keyframes_are_far_apart()
    {
        // More looks than there may be keyframes of the first spacing.
        var tape = Long(90_000);
        var recording = Whole(tape);
        var fresh = Whole(tape);

        Assert.True(recording.Last > 80_000);
        foreach (var look in (int[])[80_000, 3, 40_001, 70_000, 69_999, 12, recording.Last])
        {
            var model = recording.ModelAt(look, recording[look].At);
            Assert.Equal(recording[look].Changes, model.Loop(Repo, "long")!.Tally.Lines);
            Assert.Equal(ModelText.From(fresh.ModelAt(look, fresh[look].At)), ModelText.From(model));
        }
    }

    [Fact]
    public void Time_that_passes_between_two_changes_is_in_the_model()
    {
        var recording = Whole(SampleTape.Read("role-fails"));
        var at = recording[recording.Last].At + TimeSpan.FromSeconds(90);

        var model = recording.ModelAt(recording.Last, at);

        Assert.Equal(recording.RecordedAt + at, model.Repos[Repo].Now);
    }

    [Theory]
    [MemberData(nameof(SampleTape.Names), MemberType = typeof(SampleTape))]
    public void Files_of_a_moment_hold_what_was_written_up_to_then(string name)
    {
        var tape = SampleTape.Read(name);
        var recording = Whole(tape);
        var paths = tape.Steps.Select(PathOf).OfType<string>().Distinct().ToArray();
        foreach (var look in Enumerable.Range(0, recording.Last + 1).Where(static look => look % 7 == 0).Reverse())
        {
            var then = recording.FilesAt(look);
            var played = new TapeFiles();
            foreach (var step in tape.Steps.Take(recording[look].Steps))
            {
                played.Apply(step, recording.RecordedAt + step.At);
            }

            Assert.All(paths, path =>
            {
                Assert.Equal(played.Probe(path), then.Probe(path));
                Assert.Equal(Text(played, path), Text(then, path));
            });
            Assert.All(paths.Select(static path => path[..path.LastIndexOf('/')]).Distinct(), directory =>
            {
                Assert.Equal(played.Probe(directory), then.Probe(directory));
                Assert.Equal(played.Files(directory), then.Files(directory));
                Assert.Equal(played.Directories(directory), then.Directories(directory));
            });
        }
    }

    [Fact]
    public void A_recording_that_is_read_in_parts_can_be_looked_at_up_to_there()
    {
        var recording = new Recording(SampleTape.Read("completes"), Repo, new ReplayOptions());
        recording.ReadOn(5);

        Assert.False(recording.IsReadWhole);
        Assert.Null(recording.End);
        Assert.True(recording.ReadTo < recording.Length);
        Assert.NotNull(recording.ModelAt(recording.Last, recording.ReadTo).Repos[Repo]);
    }

    [Fact]
    public void Points_are_the_changes_of_lifecycle_the_problems_and_the_iterations()
    {
        var points = Whole(SampleTape.Read("role-fails")).Points;

        Assert.Contains(points, static point => point is { Kind: ReplayPointKind.Lifecycle, Lifecycle: Lifecycle.Running });
        Assert.Contains(points, static point => point is { Kind: ReplayPointKind.Lifecycle, Lifecycle: Lifecycle.Failed, Text: "failed" });
        Assert.Contains(points, static point => point is { Kind: ReplayPointKind.Problem, Text: "process_gone" });
        Assert.Contains(points, static point => point is { Kind: ReplayPointKind.Iteration, Text: "1" });
        Assert.Equal(points.Select(static point => point.At).Order(), points.Select(static point => point.At));
    }

    /// <summary>A log of one loop that grows by a line a second.</summary>
    internal static Tape Long(int lines)
    {
        var start = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        return new Tape("long", "a long log", start,
        [
            .. Enumerable.Range(0, lines).Select(line => new TapeAppend(
                TimeSpan.FromSeconds(line),
                line + 2,
                ".superloop/loops/long/events.jsonl",
                LongLine(start.AddSeconds(line), line))),
        ]);
    }

    internal static Recording Whole(Tape tape)
    {
        var recording = new Recording(tape, Repo, new ReplayOptions());
        recording.ReadOn(int.MaxValue);
        Assert.True(recording.IsReadWhole);
        return recording;
    }

    private static byte[] LongLine(DateTimeOffset at, int line)
    {
        var (name, iteration) = (line % 8 == 0 ? "role_start" : "role_end", line / 40);
        return Encoding.UTF8.GetBytes(
            $$"""{"timestamp":"{{at:yyyy-MM-ddTHH:mm:ssZ}}","event":"{{name}}","loop_id":"long","run_id":"r1","iteration":{{iteration}}}"""
            + "\n");
    }

    /// <summary>Folds every look from the start, without anything that is kept between; the number of the last look.</summary>
    private static int FromTheStart(Tape tape, Action<int, FleetModel> each)
    {
        var options = new ReplayOptions();
        var reducer = new Reducer(options.Fold);
        var deck = new TapeDeck(tape, Repo, options.Follow);
        var pace = new SilencePace(options.Follow.Poll, tape.Length);
        var look = 0;
        var model = reducer.Reduce(FleetModel.Empty, [deck.Opening, new Ticked(deck.Now, Repo)]);
        each(look, model);
        for (var at = TimeSpan.Zero; ; at = pace.Next(deck))
        {
            var before = deck.Files.Moment;
            var (seen, _) = deck.Move(at);
            if (seen.Count > 0 || tape.Steps.Skip(before).Take(deck.Files.Moment - before).Any(static step => step is not TapeMark))
            {
                model = reducer.Reduce(model, seen is [.., Ticked] ? seen : [.. seen, new Ticked(deck.Now, Repo)]);
                each(++look, model);
            }

            if (deck.IsOver)
            {
                return look;
            }
        }
    }

    private static string? PathOf(TapeStep step) => step switch
    {
        TapePut put => put.Path,
        TapeAppend append => append.Path,
        TapeRemove remove => remove.Path,
        _ => null,
    };

    private static string? Text(IRepoFiles files, string path)
    {
        if (!files.Probe(path).IsPresent)
        {
            return null;
        }

        var buffer = new byte[files.Probe(path).Stamp.Size + 1];
        return Encoding.UTF8.GetString(buffer, 0, files.ReadAt(path, 0, buffer));
    }
}
