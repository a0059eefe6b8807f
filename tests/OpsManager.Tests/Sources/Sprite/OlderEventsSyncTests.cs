using System.IO.Abstractions;
using OpsManager.Contract;
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

    [Fact]
    public async Task Older_lines_that_cannot_be_read_are_said_and_hold_up_no_new_ones()
    {
        Write(Lines);
        var (sync, by) = Sync();
        await sync.LoopAsync(by, TempRepo.Loop, TestContext.Current.CancellationToken);
        sync.Want(TempRepo.Loop);
        Write(Lines + 1);
        by.Asked = static cursor =>
        {
            if (cursor < Lines)
            {
                throw new ContractException(FailureCodes.EventsUnavailable, "line 3 is no event");
            }
        };

        var read = await sync.LoopAsync(by, TempRepo.Loop, TestContext.Current.CancellationToken);

        Assert.Equal(Lines + 1, read!.Snapshot.Cursor.Lines);
        Assert.Equal(Lines + 1, Copy().Count(static letter => letter == '\n'));
        Assert.Equal("its older lines cannot be read: line 3 is no event", sync.FaultOfOlder(TempRepo.Loop));
        Assert.False(sync.LacksOlder(TempRepo.Loop));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_look_at_a_loop_asks_only_where_that_asks_no_sprite(bool isPushed)
    {
        Write(Lines);
        using var sprite = new WatchedSprite(null, first: new LaterWay(By(), isPushed), root: copy.Root);
        await sprite.LoopAsync(TempRepo.Loop, Lines);

        sprite.Source.LookAt(TempRepo.Loop);
        Assert.Null(await sprite.Source.RefreshAsync(TempRepo.Loop, TestContext.Current.CancellationToken));

        Assert.Equal(isPushed ? '{' : '\n', Copy()[0]);
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
        return (sync, By());
    }

    private LaterLines By() =>
        new(new PathTransport(new FileSystem(), TimeProvider.System, repo.Root, "trace-of-test"), (Lines / 2) + 1);

    private string Copy() => File.ReadAllText(copy.Full(TempRepo.Log));

    private void Write(int lines) => repo.Write(TempRepo.Log, string.Concat(Enumerable.Range(1, lines)
        .Select(static line => RuntimeText.Event("role_start", line, role: "planner").Replace(" }\n", "}\n", StringComparison.Ordinal))));
}
