using System.Diagnostics;
using System.Globalization;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using OpsManager.Benchmarks.Data;
using OpsManager.Contract.Fleet;
using OpsManager.Sources.Nats;

namespace OpsManager.Benchmarks.Fleet;

/// <summary>
/// Many sprites on a NATS server. One loop is published by the program itself, once for each line of its log; its messages are then sent
/// again under many names, so that they are exactly as they really are.
/// </summary>
internal sealed class FleetGenerator(string binary, NatsSettings settings, FleetSize size) : IAsyncDisposable
{
    private const string Seed = "seed";
    private const int FirstLines = 5;

    /// <summary>Lines by which a loop moves on later.</summary>
    private const int MoreLines = 20;

    private readonly NatsConnection connection = NatsClient.Create(settings, "benchmarks");
    private readonly List<FleetMessage[]> steps = [];

    /// <summary>Loops that were moved by a line so far: where it goes on.</summary>
    private int moved;

    /// <summary>Makes the stream, and publishes the beginning of every loop.</summary>
    /// <returns>How many messages that were.</returns>
    public async Task<int> PreloadAsync(CancellationToken cancel)
    {
        Run("fleet", "init", "--apply", "--max-bytes", "4G", "--replicas", size.Replicas.ToString(CultureInfo.InvariantCulture));
        await RecordAsync(cancel).ConfigureAwait(false);
        for (var loop = 0; loop < size.Sprites * size.Loops; loop++)
        {
            await PublishAsync(steps[0], loop, cancel).ConfigureAwait(false);
        }

        await connection.PingAsync(cancel).ConfigureAwait(false);
        return size.Sprites * size.Loops * steps[0].Length;
    }

    /// <summary>Moves one loop after the other by a line, so many times a second.</summary>
    /// <returns>How many messages that were.</returns>
    public async Task<int> MoveAsync(TimeSpan time, CancellationToken cancel)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var (start, messages) = (Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(start) < time && await ticks.WaitForNextTickAsync(cancel).ConfigureAwait(false))
        {
            for (var due = Stopwatch.GetElapsedTime(start).TotalSeconds * size.PerSecond; messages < due; moved++)
            {
                var step = steps[1 + (moved / (size.Sprites * size.Loops) % MoreLines)];
                await PublishAsync(step, moved % (size.Sprites * size.Loops), cancel).ConfigureAwait(false);
                messages += step.Length;
            }
        }

        return messages;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task PublishAsync(FleetMessage[] messages, int loop, CancellationToken cancel)
    {
        foreach (var message in messages)
        {
            await connection.PublishAsync(
                message.Subject(settings.Prefix, loop / size.Loops, loop % size.Loops), message.BodyOf(loop % size.Loops), message.Headers,
                cancellationToken: cancel).ConfigureAwait(false);
        }
    }

    private async Task RecordAsync(CancellationToken cancel)
    {
        using var log = new MemoryStream();
        new RandomLog().Write(log, FirstLines + MoreLines);
        var lines = log.ToArray().AsMemory();
        using var repo = new BenchRepo(loops: 1, lines: 0);
        ulong sequence = 1;
        for (var line = 1; line <= FirstLines + MoreLines; line++)
        {
            var length = lines.Span.IndexOf((byte)'\n') + 1;
            repo.Append(0, lines[..length].ToArray());
            lines = lines[length..];
            if (line >= FirstLines)
            {
                Run("publish", "--once", "--repo", repo.Path, "--sprite", Seed);
                sequence = await CollectAsync(sequence, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What was published since, as one step.</summary>
    private async Task<ulong> CollectAsync(ulong from, CancellationToken cancel)
    {
        var stream = await new NatsJSContext(connection).GetStreamAsync(settings.Stream, null, cancel).ConfigureAwait(false);
        var step = new List<FleetMessage>();
        for (var sequence = from; sequence <= (ulong)stream.Info.State.LastSeq; sequence++)
        {
            var message = await stream.GetDirectAsync<string>(new StreamMsgGetRequest { Seq = sequence }, cancellationToken: cancel)
                .ConfigureAwait(false);
            var subject = message.Headers!["Nats-Subject"].ToString();
            if (FleetSubject.Parse(settings.Prefix, subject) is { Loop: { } loop } named)
            {
                var kind = subject[(FleetSubject.Events(named.Sprite, loop).Text(settings.Prefix).Length - "events".Length)..];
                var headers = message.Headers.Where(static one => one.Key.StartsWith("Superloop-", StringComparison.Ordinal));
                step.Add(new FleetMessage(kind, message.Data ?? "", new NatsHeaders(headers.ToDictionary())));
            }
        }

        steps.Add([.. step]);
        return (ulong)stream.Info.State.LastSeq + 1;
    }

    private void Run(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(
            binary,
            [
                .. args, .. settings.Servers.SelectMany(static server => new[] { "--nats-server", server }),
                "--nats-stream", settings.Stream,
            ])
        {
            RedirectStandardOutput = true,
        })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', args)} ended with {process.ExitCode}");
        }
    }
}
