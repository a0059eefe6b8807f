using System.Collections.Concurrent;
using System.IO.Abstractions;
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
    private readonly ConcurrentQueue<string> told = new();
    private readonly Task running;

    private RunningPublisher(string repo, PublishOptions options)
    {
        watchers = new LoopWatchers(new FileSystem(), TimeProvider.System, repo);
        publisher = new FleetPublisher(
            options, watchers, new FileSystem(), TimeProvider.System, static () => Guid.NewGuid().ToString("n"), told.Enqueue);
        running = options.Once ? Task.CompletedTask : publisher.RunAsync(end.Token);
    }

    /// <summary>What it has said, a line each.</summary>
    public IReadOnlyCollection<string> Told => told;

    public static RunningPublisher Start(string repo, NatsSettings server, string sprite = FleetStream.Sprite) =>
        new(repo, new PublishOptions(sprite, server));

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
        end.Dispose();
    }
}
