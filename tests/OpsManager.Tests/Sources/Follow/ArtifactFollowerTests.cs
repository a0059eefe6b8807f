using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Follow;

public sealed class ArtifactFollowerTests
{
    private static readonly string Good = RuntimeText.State(true);

    private readonly TapeFiles tape = new();
    private readonly WatchedFiles files;
    private readonly ArtifactFollower<RuntimeState> follower;
    private DateTimeOffset now = WatchedRepo.Start;

    public ArtifactFollowerTests()
    {
        files = new WatchedFiles(tape);
        follower = new ArtifactFollower<RuntimeState>(files, ArtifactPaths.State, RuntimeState.Parse);
    }

    [Fact]
    public void A_missing_file_is_said_once()
    {
        Assert.Equal(ArtifactCondition.Missing, Look()!.Condition);
        Assert.Null(Look());
    }

    [Fact]
    public void A_good_file_is_said_once_and_read_no_more_than_needed()
    {
        Put(Good);
        var reading = Look()!;

        Assert.Equal((ArtifactCondition.Present, true, null), (reading.Condition, reading.Value!.Active, reading.Fault));
        Assert.Equal(Good.Length, reading.Stamp!.Value.Size);
        Assert.Null(Look());
        var reads = files.Reads.Count;
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(Look());
        }

        Assert.Equal(reads, files.Reads.Count);
    }

    [Fact]
    public void A_torn_file_is_said_once_and_read_again_until_it_is_good()
    {
        Put("");
        Assert.Equal((ArtifactCondition.Torn, "the file is empty"), (Look()!.Condition, "the file is empty"));
        Assert.Null(Look());

        Put(Good[..20]);
        Assert.Equal(ArtifactCondition.Torn, Look()!.Condition);
        Assert.Null(Look());

        Put(Good);
        Assert.Equal(ArtifactCondition.Present, Look()!.Condition);
    }

    [Fact]
    public void A_file_that_becomes_good_without_a_new_stamp_is_seen()
    {
        // Torn text of the same length, written in the same step of the clock as the good text behind it.
        Put(Good[..^1] + " ");
        Assert.Equal(ArtifactCondition.Torn, follower.Look(now)!.Condition);
        Put(Good);

        Assert.Equal(ArtifactCondition.Present, follower.Look(now)!.Condition);
    }

    [Fact]
    public void A_file_of_the_wrong_shape_is_invalid()
    {
        Put("[]");

        Assert.Equal(
            (ArtifactCondition.Invalid, "expected an object, found an array"),
            (Look() is { } reading ? (reading.Condition, reading.Fault) : default));
    }

    [Fact]
    public void A_file_that_is_removed_is_missing_and_a_new_one_is_seen()
    {
        Put(Good);
        Look();
        tape.Apply(new TapeRemove(default, 0, ArtifactPaths.State), now);
        Assert.Equal(ArtifactCondition.Missing, Look()!.Condition);

        Put(Good);
        Assert.Equal(ArtifactCondition.Present, Look()!.Condition);
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read()
    {
        var large = new ArtifactFollower<RuntimeState>(new LargeFile(), ArtifactPaths.State, RuntimeState.Parse);

        var reading = large.Look(now)!;
        Assert.Equal((ArtifactCondition.Unreadable, "larger than 32 MiB"), (reading.Condition, reading.Fault));
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_unreadable_with_the_reason()
    {
        Put(Good);
        files.BeforeRead = static _ => throw new UnauthorizedAccessException("no permission");
        var reading = Look()!;
        Assert.Equal((ArtifactCondition.Unreadable, "no permission"), (reading.Condition, reading.Fault));
        Assert.Null(Look());

        files.BeforeRead = null;
        Assert.Equal(ArtifactCondition.Present, Look()!.Condition);
    }

    [Fact]
    public void A_file_that_vanishes_between_the_look_at_it_and_the_reading_is_missing()
    {
        Put(Good);
        files.BeforeRead = _ => tape.Apply(new TapeRemove(default, 0, ArtifactPaths.State), now);

        Assert.Equal(ArtifactCondition.Missing, Look()!.Condition);
    }

    [Fact]
    public void A_file_that_grows_between_the_look_at_it_and_the_reading_is_read_whole()
    {
        Put("{}");
        files.BeforeRead = _ => Put(Good);

        Assert.Equal(ArtifactCondition.Present, Look()!.Condition);
    }

    private void Put(string text) => tape.Apply(new TapePut(default, 0, ArtifactPaths.State, Encoding.UTF8.GetBytes(text)), now);

    private ArtifactReading<RuntimeState>? Look()
    {
        var seen = follower.Look(now);
        now += TimeSpan.FromMilliseconds(250);
        return seen;
    }

    private sealed class LargeFile : IRepoFiles
    {
        public FileProbe Probe(string path) => FileProbe.File(new FileStamp(BoundedRead.MaxArtifactBytes + 1L, WatchedRepo.Start));

        public int ReadAt(string path, long offset, Span<byte> buffer) => throw new InvalidOperationException("read");

        public IReadOnlyList<string> Directories(string path) => [];

        public IReadOnlyList<FileEntry> Files(string directory) => [];
    }
}
