using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Record;
using Xunit;

namespace OpsManager.Tests.Sources.Record;

/// <summary>
/// The last hours are kept in segments: each can be replayed by itself, the oldest go, and together they are one recording.
/// </summary>
public sealed class SegmentedTapeTests : IDisposable
{
    private const string Run = "2026-11-22T19:00:00Z";

    /// <summary>So much that none goes.</summary>
    private static readonly SegmentLimits Ample = new(16 * 1024 * 1024, 1) { SegmentBytes = 16 * 1024 };

    private readonly TempRepo repo = new();
    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-kept-").FullName;
    private readonly FileSystem files = new();

    [Fact]
    public void Segments_that_follow_each_other_replay_as_the_run_was_shown()
    {
        using var run = Worked(rounds: 60);

        Kept(run, Ample);

        var segments = Files();
        Assert.True(segments.Length > 2, string.Join('\n', segments));
        Assert.Equal(run.Shown, TappedRun.Replayed(Joined(run)));
    }

    [Fact]
    public void Each_segment_can_be_replayed_without_those_before_it()
    {
        using var run = Worked(rounds: 60);

        Kept(run, Ample);

        Assert.All(Files(), file => Assert.Equal(run.Shown[^1], TappedRun.Replayed(KeptTape(file)).LastOrDefault() ?? "none"));
    }

    [Fact]
    public void The_oldest_segments_go_and_what_is_left_goes_back_from_the_present()
    {
        using var run = Worked(rounds: 400, secondsLater: 30);
        const int Most = 96 * 1024;

        Kept(run, new SegmentLimits(Most, 1));

        var segments = Files();
        Assert.DoesNotContain(segments, static file => file.EndsWith("-00001.tape.jsonl.gz", StringComparison.Ordinal));
        Assert.InRange(segments.Sum(static file => new FileInfo(file).Length), 1, Most);
        Assert.Equal(run.Shown[^1], TappedRun.Replayed(Joined(run))[^1]);
    }

    [Fact]
    public void A_secret_in_two_pieces_is_redacted_also_where_a_segment_ended_between_them()
    {
        using var run = new TappedRun(repo.Root);
        var secret = "ghp_" + new string('A', 36);
        Work(run, rounds: 40);
        repo.Append(TempRepo.Log, $$"""{"timestamp":"{{Run}}","event":"role_start","note":"{{secret[..12]}}""");
        run.Look();
        Rewrite(run, rounds: 40, hasEvents: false);
        repo.Append(TempRepo.Log, $$"""{{secret[12..]}}"}{{"\n"}}""");
        run.Look();

        Kept(run, Ample);

        var text = string.Join('\n', Files().SelectMany(static file => KeptTape(file).Steps).Select(static step => step switch
        {
            TapePut put => System.Text.Encoding.UTF8.GetString(put.Text),
            TapeAppend append => System.Text.Encoding.UTF8.GetString(append.Text),
            _ => "",
        }));
        Assert.Contains("[redacted:github]", text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[12..], text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[..12], text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_that_has_ended_does_not_reach_to_the_present()
    {
        using var run = Worked(rounds: 3);

        Kept(run, Ample);

        var tape = KeptRecording.Find(files, Store, repo.Root, run.Now + TimeSpan.FromHours(1))[0].Open();
        Assert.Matches("@2026-11-22T19:00:[0-9]{2}Z$", tape.Name);
        Assert.Equal("recording ended: the test is over", Assert.IsType<TapeRemark>(tape.Steps[^1]).Text);
    }

    [Fact]
    public void Files_that_are_too_large_for_what_may_be_kept_end_the_recording_with_a_reason()
    {
        using var run = Worked(rounds: 400);

        var end = Kept(run, new SegmentLimits(8 * 1024, 1));

        Assert.True(end?.IsFault);
        Assert.Contains("record-size", end!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_their_owner_can_read_segments()
    {
        using var run = Worked(rounds: 3);

        Kept(run, new SegmentLimits(1024 * 1024, 1));

        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All(Files(), static file => Assert.Equal(Own, ModeOf(file)));
        Assert.Equal(Own | UnixFileMode.UserExecute, ModeOf(Store.DirectoryOf(repo.Root)));
        Assert.Equal(Own | UnixFileMode.UserExecute, ModeOf(Root));
    }

    [Fact]
    public void A_repository_has_one_recorder_at_a_time()
    {
        using (var first = Store.TryLock(repo.Root))
        {
            Assert.NotNull(first);
            Assert.Null(new SegmentStore(files, Root).TryLock(repo.Root));
        }

        using var next = Store.TryLock(repo.Root);
        Assert.NotNull(next);
    }

    public void Dispose()
    {
        repo.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string Root => Path.Combine(folder, "kept");

    private SegmentStore Store => new(files, Root);

    private TappedRun Worked(int rounds, double secondsLater = 0.25)
    {
        var run = new TappedRun(repo.Root);
        Work(run, rounds, secondsLater);
        return run;
    }

    private void Work(TappedRun run, int rounds, double secondsLater = 0.25)
    {
        Event("loop_start");
        repo.Write(ArtifactPaths.State, State(0));
        run.Look();
        Rewrite(run, rounds, secondsLater);
    }

    /// <summary>Each look sees something that does not pack well.</summary>
    private void Rewrite(TappedRun run, int rounds, double secondsLater = 0.25, bool hasEvents = true)
    {
        var random = new Random(7);
        for (var round = 1; round <= rounds; round++)
        {
            var noise = Convert.ToHexString([.. Enumerable.Range(0, 1024).Select(_ => (byte)random.Next())]);
            repo.Write(ArtifactPaths.State, State(round, noise));
            if (hasEvents && round % 20 == 0)
            {
                Event("role_start");
            }

            run.Look(secondsLater);
        }
    }

    private void Event(string name) => repo.Append(
        TempRepo.Log,
        $$"""{"timestamp":"{{Run}}","event":"{{name}}","loop_id":"{{TempRepo.Loop}}","run_id":"{{Run}}","iteration":1}{{"\n"}}""");

    private static string State(int round, string noise = "") => $$"""
        {"active":true,"iteration":1,"current_loop_id":"{{TempRepo.Loop}}","updated_at":"{{Run}}","round":{{round}},"noise":"{{noise}}"}
        """;

    private RecordingEnd? Kept(TappedRun run, SegmentLimits limits)
    {
        var options = new RecordOptions { Title = "kept", Repo = repo.Root, Redaction = RedactionRules.For(repo.Root, null, []) };
        using var tape = new SegmentedTape(files, Store, options, limits, run.RecordedAt);
        foreach (var look in run.Looks)
        {
            tape.Write(look);
            if (tape.Flush() is { } end)
            {
                return end;
            }
        }

        tape.End(new RecordingEnd("the test is over"), run.Now);
        return null;
    }

    private string[] Files() => [.. Directory.GetFiles(Store.DirectoryOf(repo.Root), "*.gz").Order(StringComparer.Ordinal)];

    private Tape Joined(TappedRun run) => KeptRecording.Find(files, Store, repo.Root, run.Now)[0].Open();

    private static Tape KeptTape(string file) =>
        OpsManager.Sources.Replay.RecordingReader.Open(new FileSystem(), file).Entries[0].Open();

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? throw new NotSupportedException("the modes are those of Unix") : File.GetUnixFileMode(path);
}
