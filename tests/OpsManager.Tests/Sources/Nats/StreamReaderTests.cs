using System.Text;
using OpsManager.Contract.Fleet;
using OpsManager.Testing.Nats;
using OpsManager.Tests.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Nats;

/// <summary>A log that is read in pages: whatever cuts one short is an error. Taken for the end of the log, it loses lines.</summary>
public sealed class StreamReaderTests : IDisposable
{
    /// <summary>More than the server sends at once, twice.</summary>
    private const int Many = 1300;

    /// <summary>Whole pages are longer than what a connection holds on its way.</summary>
    private const int Bytes = 1000;

    private static readonly FleetSubject Log = FleetSubject.Events("app", TempRepo.Loop);

    private readonly NatsServer server = NatsServer.Start();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_killed_while_a_log_is_read_is_an_error_and_not_the_end_of_the_log()
    {
        await using var stream = await FilledAsync();
        var read = 0;

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var one in stream.Fleet.Reader.FromAsync(Log, 1, Cancel))
            {
                if (read++ == 0)
                {
                    server.Kill();
                    server.StartAgain();
                }
            }
        });

        Assert.InRange(read, 1, Many - 1);
    }

    [Fact]
    public async Task A_server_that_is_killed_and_stays_away_keeps_no_reader_waiting()
    {
        await using var stream = await FilledAsync();

        // As long as it does not return: whoever waits takes no other way.
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var one in stream.Fleet.Reader.FromAsync(Log, 1, Cancel))
            {
                server.Kill();
            }
        }).WaitAsync(WatchedSprite.Patience, Cancel);
        var lost = await Assert.ThrowsAnyAsync<Exception>(
            () => stream.Fleet.Reader.LastAsync(Log, Cancel)).WaitAsync(WatchedSprite.Patience, Cancel);

        Assert.IsNotType<OperationCanceledException>(lost, exactMatch: false);
        Assert.IsNotType<TaskCanceledException>(lost);
    }

    [Fact]
    public async Task Messages_that_the_stream_drops_while_they_are_read_are_no_error()
    {
        await using var stream = await FilledAsync();
        var read = 0;

        await foreach (var one in stream.Fleet.Reader.FromAsync(Log, 1, Cancel))
        {
            if (read++ == 0)
            {
                await stream.PurgeAsync(Log, keep: 0);
            }
        }

        Assert.InRange(read, 1, Many);
    }

    public void Dispose() => server.Dispose();

    private async Task<TestStream> FilledAsync()
    {
        var stream = await TestStream.CreateAsync(server);
        var body = Encoding.ASCII.GetBytes(new string('x', Bytes));
        for (var line = 1; line <= Many; line++)
        {
            await stream.EventAsync("app", TempRepo.Loop, "log-1", line, line - 1, body);
        }

        return stream;
    }
}
