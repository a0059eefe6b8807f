using System.Globalization;
using System.Text;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using OpsManager.Testing.Nats;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>
/// A run that writes two logs, the publisher of them, the server and a reader, as real processes. All but the run are killed at random
/// moments and started again. The seed gives what is killed when; how it goes is the host's.
/// </summary>
internal sealed class KilledFleet : IDisposable
{
    public const string Sprite = "box";

    private const string Other = "search-index";
    private static readonly string[] Loops = [LiveRepo.Loop, Other];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Random random;
    private readonly LiveRepo repo = new();
    private readonly OperatorsHome home = new();
    private readonly NatsServer server;
    private readonly KilledProgram publisher;
    private readonly KilledProgram reader;
    private readonly List<string> story = [];
    private readonly CancellationTokenSource enough = new();
    private int written;

    public KilledFleet(int seed)
    {
#pragma warning disable CA5394 // Moments have to be drawn again from their seed.
        random = new Random(seed);
#pragma warning restore CA5394
        // Small messages only, so that some lines go in parts.
        server = NatsServer.Start("max_payload: 65536");
        repo.AddLoop(Other);
        home.Config("config.yaml", $"nats:\n  servers: [{server.Url}]\nsprites:\n  {Sprite}:\n    nats: true\n");
        publisher = new KilledProgram(home, "publish", "--repo", repo.Root, "--sprite", Sprite, "--nats-server", server.Url);
        reader = new KilledProgram(home, "watch", "--json", "--fleet");
    }

    /// <summary>What was done, and what the programs said.</summary>
    public string Story =>
        $"{string.Join('\n', story)}\npublisher:\n{Last(publisher)}\nreader:\n{Last(reader)}\nserver: {server.Url}";

    /// <summary>Lines that the run has written.</summary>
    public int Written => Volatile.Read(ref written);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task PlayAsync(int moments) => PlayAsync(async () =>
    {
        for (var moment = 1; moment <= moments; moment++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Draw(4) == 0 ? Draw(30) : Draw(2000)), Cancel);
            Kill(moment);
        }
    });

    /// <summary>Stops the reader, the publisher and both as a debugger would, for as long as the run writes so many lines.</summary>
    public Task PauseAsync(int lines) => PlayAsync(() =>
    {
        Assert.True(Eventually.Is(() => Written >= lines && File.Exists(CopyOf(LiveRepo.Loop)), Patience), "nothing has arrived");
        foreach (var paused in (KilledProgram[][])[[reader], [publisher], [publisher, reader]])
        {
            var begun = Written;
            foreach (var program in paused)
            {
                program.Signal("STOP");
            }

            Assert.True(Eventually.Is(() => Written >= begun + lines, Patience), "the run does not write");
            foreach (var program in paused)
            {
                program.Signal("CONT");
            }

            story.Add(string.Create(CultureInfo.InvariantCulture, $"{paused.Length} paused from line {begun} to {Written}"));
        }

        return Task.CompletedTask;
    });

    private async Task PlayAsync(Func<Task> moments)
    {
        using (var init = new RunningProgram(
            home.Environment().ToDictionary(static pair => pair.Key, static pair => pair.Value!), "fleet", "init", "--apply"))
        {
            var (code, output, error) = await init.EndAsync();
            Assert.True(code == 0, output + error);
        }

        publisher.Start();
        reader.Start();
        var run = Task.Run(RunAsync, Cancel);
        try
        {
            await Task.Run(moments, Cancel);
        }
        finally
        {
            await enough.CancelAsync();
            await run;
        }

        Assert.True(Eventually.Is(() => Loops.All(IsCopied), Patience), $"the copy is not the log: {Differences()}");
        foreach (var loop in Loops)
        {
            await AssertOnceAsync(loop);
        }
    }

    public void Dispose()
    {
        publisher.Dispose();
        reader.Dispose();
        server.Dispose();
        home.Dispose();
        repo.Dispose();
        enough.Dispose();
    }

    /// <summary>Ends one of the three or several, and starts them again, at once or after a while.</summary>
    private void Kill(int moment)
    {
        var which = Draw(7) + 1;
        var pause = Draw(3) == 0 ? Draw(1500) : 0;
        story.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{moment}: {((which & 1) != 0 ? "publisher " : "")}{((which & 2) != 0 ? "server " : "")}{((which & 4) != 0 ? "reader " : "")}"
                + $"for {pause} ms, {Written} lines written"));
        Assert.False(publisher.HasEnded, "the publisher has ended by itself");
        Assert.False(reader.HasEnded, "the reader has ended by itself");
        (Action Kill, Action Start)[] all =
        [
            (publisher.Kill, publisher.Start), (server.Kill, server.StartAgain), (reader.Kill, reader.Start),
        ];
        var chosen = all.Where((_, number) => (which & (1 << number)) != 0).ToArray();
        foreach (var (kill, _) in chosen)
        {
            kill();
        }

        Cancel.WaitHandle.WaitOne(pause);
        foreach (var (_, start) in chosen.OrderBy(_ => Draw(100)))
        {
            start();
        }
    }

    /// <summary>The run: lines of all sizes, some of which hold nothing, in bursts and one by one.</summary>
    private async Task RunAsync()
    {
        var own = new Random(written);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(15));
        try
        {
            while (await pace.WaitForNextTickAsync(enough.Token))
            {
                for (var more = own.Next(40) == 0 ? own.Next(60) : own.Next(3); more > 0; more--)
                {
                    Append(Loops[own.Next(2)], own);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The last moment was played.
        }
    }

    private void Append(string loop, Random own)
    {
        var number = Interlocked.Increment(ref written);
        var size = own.Next(200) == 0 ? own.Next(300_000) : own.Next(200);
        var text = own.Next(50) == 0
            ? "\n"
            : string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"timestamp":"{{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss'Z'}}","event":"role_output","loop_id":"{{loop}}","iteration":1,""")
                + string.Create(CultureInfo.InvariantCulture, $$""" "data":{"n":{{number}},"text":"{{new string('x', size)}}"} }""")
                + "\n";
        using var stream = new FileStream(LogOf(loop), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private bool IsCopied(string loop) => Difference(loop) is null;

    private string Differences() => string.Join("; ", Loops.Select(Difference).OfType<string>());

    /// <summary>Where the copy differs from the log first; null where each line is the same value.</summary>
    private string? Difference(string loop)
    {
        string[] log = File.ReadAllLines(LogOf(loop)), copy = File.Exists(CopyOf(loop)) ? File.ReadAllLines(CopyOf(loop)) : [];
        for (var line = 0; line < Math.Min(log.Length, copy.Length); line++)
        {
            if (!IsSame(log[line], copy[line]))
            {
                return $"line {line + 1} of {loop} is\n{Short(copy[line])}\nand not\n{Short(log[line])}";
            }
        }

        return log.Length == copy.Length ? null : $"{loop} has {log.Length} lines, and its copy {copy.Length}";
    }

    private static bool IsSame(string line, string copy)
    {
        if (line.Length == 0 || copy.Length == 0)
        {
            return line.Length == copy.Length;
        }

        try
        {
            using JsonDocument one = JsonDocument.Parse(line), other = JsonDocument.Parse(copy);
            return JsonElement.DeepEquals(one.RootElement, other.RootElement);
        }
        catch (JsonException)
        {
            // Half of a line is being written.
            return false;
        }
    }

    /// <summary>The stream has each line that holds an event, once, in order, and nothing else.</summary>
    private async Task AssertOnceAsync(string loop)
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = server.Url });
        var consumer = await new NatsJSContext(connection).CreateOrUpdateConsumerAsync(
            "SUPERLOOP",
            new ConsumerConfig
            {
                Name = $"check-{loop}",
                FilterSubject = $"superloop.v1.{Sprite}.{loop}.events",
                AckPolicy = ConsumerConfigAckPolicy.None,
                DeliverPolicy = ConsumerConfigDeliverPolicy.All,
            },
            Cancel);
        var found = new List<(string Log, string Line)>();
        for (var left = consumer.Info.NumPending; left > 0;)
        {
            var batch = consumer.FetchAsync<byte[]>(
                new NatsJSFetchOpts { MaxMsgs = 500, Expires = TimeSpan.FromSeconds(20) }, cancellationToken: Cancel);
            await foreach (var message in batch)
            {
                left = message.Metadata!.Value.NumPending;
                // Of a message in parts the last one counts: an attempt that was broken off has none.
                if (!message.Headers!.TryGetValue("Superloop-Part", out var part)
                    || (part.ToString().Split('/') is [var one, var all] && one == all))
                {
                    found.Add((message.Headers["Superloop-Log"].ToString(), message.Headers["Superloop-Line"].ToString()));
                }

                if (left == 0)
                {
                    break;
                }
            }
        }

        Assert.Single(found.Select(static one => one.Log).Distinct());
        var events = File.ReadAllLines(LogOf(loop))
            .Select(static (text, at) => (text, Line: (at + 1).ToString(CultureInfo.InvariantCulture)))
            .Where(static line => line.text.Length > 0)
            .Select(static line => line.Line);
        Assert.Equal(events, found.Select(static one => one.Line));
    }

    private static string Last(KilledProgram program) => string.Join('\n', program.Said.TakeLast(60).Select(Short));

    private static string Short(string line) => line.Length > 300 ? line[..300] : line;

    private string LogOf(string loop) => Path.Combine(repo.Root, ".superloop", "loops", loop, "events.jsonl");

    private string CopyOf(string loop) =>
        Path.Combine(home.File("state"), "ops-manager", "sprites", Sprite, ".superloop", "loops", loop, "events.jsonl");

#pragma warning disable CA5394 // As above.
    private int Draw(int below) => random.Next(below);
#pragma warning restore CA5394
}
