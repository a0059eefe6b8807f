using System.Globalization;
using System.IO.Abstractions;
using OpsManager.Service.Act;
using OpsManager.Service.Http;
using OpsManager.Service.Options;
using OpsManager.Service.Publish;
using OpsManager.Service.Watch;
using OpsManager.Sources.Nats;
using Xunit;

namespace OpsManager.Tests.Service.Publish;

/// <summary>A publisher of a repository, as a process would run it; a new one is a new process.</summary>
internal sealed class RunningPublisher : IAsyncDisposable
{
    private readonly LoopWatchers watchers;
    private readonly FleetPublisher publisher;
    private readonly CancellationTokenSource end = new();
    private readonly AccessLog log;
    private readonly StringWriter text = new(CultureInfo.InvariantCulture);
    private readonly TextWriter writer;
    private readonly Task running;

    private RunningPublisher(string repo, PublishOptions options, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        writer = TextWriter.Synchronized(text);
        log = new AccessLog(writer, time, token: null);
        watchers = new LoopWatchers(new FileSystem(), time, repo);
        var controls = new ControlQueue(
            new FileSystem(), time, static _ => null, TestChildren.Create(), new ServeOptions { Repo = repo }, log,
            end.Token);
        publisher = new FleetPublisher(
            options, watchers, new FileSystem(), time, NewId, log, new ControlRequests(watchers, controls, NewId));
        running = options.Once ? Task.CompletedTask : publisher.RunAsync(end.Token);
    }

    /// <summary>What it has said, a line each.</summary>
    public IReadOnlyCollection<string> Told
    {
        get
        {
            lock (writer)
            {
                return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }
        }
    }

    public static RunningPublisher Start(
        string repo, NatsSettings server, string sprite = FleetStream.Sprite, bool acceptControl = false, TimeProvider? clock = null) =>
        new(repo, new PublishOptions(sprite, server) { AcceptControl = acceptControl }, clock);

    /// <summary>Publishes what is there.</summary>
    /// <returns>Whether all of it was, and what it has said.</returns>
    public static async Task<(bool IsWhole, IReadOnlyCollection<string> Told)> OnceAsync(
        string repo, NatsSettings server, string sprite = FleetStream.Sprite)
    {
        await using var once = new RunningPublisher(repo, new PublishOptions(sprite, server) { Once = true });
        return (await once.publisher.OnceAsync(TestContext.Current.CancellationToken), once.Told);
    }

    /// <summary>Waits until it has glanced at the repository so often from now on.</summary>
    public void Glance(int times)
    {
        var before = publisher.Glances;
        RunningService.Until(() => publisher.Glances >= before + times);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await running;
        await publisher.DisposeAsync();
        watchers.Dispose();
        log.Dispose();
        end.Dispose();
    }

    private static string NewId() => Guid.NewGuid().ToString("n");
}
