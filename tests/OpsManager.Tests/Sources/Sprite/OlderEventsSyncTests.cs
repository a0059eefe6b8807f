using System.IO.Abstractions;
using OpsManager.Contract.Service;
using OpsManager.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

public sealed class OlderEventsSyncTests : IDisposable
{
    private const int Lines = 60;

    private readonly TempRepo repo = new();
    private readonly TempRepo copy = new();

    [Fact]
    public async Task While_older_lines_are_read_the_copy_stays_as_it_was_said_to_be()
    {
        Write(Lines);
        var (sync, by) = Sync();
        Assert.NotNull(await sync.LoopAsync(by, TempRepo.Loop, TestContext.Current.CancellationToken));
        Assert.Equal(new string('\n', Lines / 2), Copy()[..(Lines / 2)]);

        Assert.True(sync.Want(TempRepo.Loop));
        Write(Lines + 1);
        var during = new List<int>();
        by.Asked = cursor =>
        {
            if (cursor < Lines)
            {
                during.Add(Copy().Count(static letter => letter == '\n'));
            }
        };
        Assert.NotNull(await sync.LoopAsync(by, TempRepo.Loop, TestContext.Current.CancellationToken));

        Assert.NotEmpty(during);
        Assert.All(during, static lines => Assert.Equal(Lines, lines));
        Assert.Equal(File.ReadAllText(repo.Full(TempRepo.Log)), Copy());
    }

    [Fact]
    public async Task Where_the_note_of_what_was_left_out_is_lost_the_lines_come_all_the_same_and_once()
    {
        Write(Lines);
        var (sync, by) = Sync();
        await sync.LoopAsync(by, TempRepo.Loop, TestContext.Current.CancellationToken);
        File.Delete(copy.Full($"left-out/{TempRepo.Loop}"));
        var (again, other) = Sync();
        again.Want(TempRepo.Loop);
        await again.LoopAsync(other, TempRepo.Loop, TestContext.Current.CancellationToken);

        Assert.Equal(File.ReadAllText(repo.Full(TempRepo.Log)), Copy());
        Assert.False(again.LacksOlder(TempRepo.Loop));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0001\u0002 \u00ff")]
    public async Task A_broken_identity_of_a_log_is_none_and_sets_no_copy_aside(string broken)
    {
        Write(Lines);
        var (sync, by) = Sync();
        await sync.LoopAsync(by, TempRepo.Loop, TestContext.Current.CancellationToken);
        copy.Write($"log-identities/{TempRepo.Loop}", broken);
        Directory.CreateDirectory(copy.Full("copied-tags"));
        Directory.CreateDirectory(copy.Full(TempRepo.Log + ".whole"));
        Write(Lines + 1);
        var (again, other) = Sync();
        again.Want(TempRepo.Loop);
        await again.LoopAsync(other, TempRepo.Loop, TestContext.Current.CancellationToken);
        again.End();

        Assert.Equal(File.ReadAllText(repo.Full(TempRepo.Log)), Copy());
        Assert.False(File.Exists(copy.Full(TempRepo.Log + ".aside.1")));
    }

    public void Dispose()
    {
        repo.Dispose();
        copy.Dispose();
    }

    private (SpriteSync Sync, LaterLines By) Sync()
    {
        var mirror = new Mirror(new FileSystem(), copy.Root);
        var options = WatchedSprite.Quick with { PageEvents = 7 };
        var sync = new SpriteSync(mirror, new MirrorProcesses(), new Lock(), TimeProvider.System, options);
        return (sync, new LaterLines(new PathTransport(new FileSystem(), TimeProvider.System, repo.Root, "trace-of-test")));
    }

    private string Copy() => File.ReadAllText(copy.Full(TempRepo.Log));

    private void Write(int lines) => repo.Write(TempRepo.Log, string.Concat(Enumerable.Range(1, lines)
        .Select(static line => RuntimeText.Event("role_start", line, role: "planner").Replace(" }\n", "}\n", StringComparison.Ordinal))));

    /// <summary>A path that says which log it is, and that only its second half is needed.</summary>
    private sealed class LaterLines(PathTransport by) : ILoopTransport
    {
        public Action<long>? Asked { get; set; }

        public string Word => by.Word;

        public bool HandsOutFiles => false;

        public Task<LoopList?> LoopsAsync(CancellationToken cancel) => by.LoopsAsync(cancel);

        public async Task<TaggedSnapshot> SnapshotAsync(string loop, string? known, CancellationToken cancel) =>
            await by.SnapshotAsync(loop, known, cancel) with { Log = "log-1", From = (Lines / 2) + 1 };

        public Task<EventPage> EventsAsync(string loop, long cursor, int most, CancellationToken cancel)
        {
            Asked?.Invoke(cursor);
            return by.EventsAsync(loop, cursor, most, cancel);
        }

        public Task<ReadOnlyMemory<byte>?> FileAsync(string loop, string name, long offset, CancellationToken cancel) =>
            by.FileAsync(loop, name, offset, cancel);
    }
}
