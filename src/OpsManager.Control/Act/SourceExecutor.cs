using OpsManager.Contract;
using OpsManager.Core.Planning;
using OpsManager.Sources;
using OpsManager.Sources.Nats;
using OpsManager.Sources.Sprite;

namespace OpsManager.Control.Act;

/// <summary>
/// Sends each request where its loop runs: to the sprite's service, or to the command of this host. A copy is never acted on.
/// </summary>
/// <param name="sources">What is watched now.</param>
/// <param name="local">For repositories of this host.</param>
public sealed class SourceExecutor(IReadOnlyList<ISource> sources, IExecutor local) : IExecutor
{
    public Task<string?> PrepareAsync(ControlRequest request, CancellationToken cancel) =>
        For(request) is { } executor ? executor.PrepareAsync(request, cancel) : Task.FromResult<string?>(Gone);

    public Task<Execution> RunAsync(ControlRequest request, IReadOnlyList<string> arguments, CancellationToken cancel) =>
        For(request) is { } executor
            ? executor.RunAsync(request, arguments, cancel)
            : Task.FromResult(new Execution(null, "", Gone, WasStarted: false));

    public Task<Execution> StopAsync(DirectStop stop, CancellationToken cancel) => local.StopAsync(stop, cancel);

    private const string Gone = "the sprite is no longer watched";

    private IExecutor? For(ControlRequest request) => request.Transport == Transports.Local ? local
        : sources.OfType<ISprite>().FirstOrDefault(sprite => sprite.Repo == request.Repo) is { } found ? For(found)
        : null;

    /// <summary>Over the fleet's stream where that is how the sprite is read; its service is for when the stream is lost.</summary>
    private static IExecutor For(ISprite sprite) =>
        sprite.First is NatsSprite nats && (nats.Fleet.Fault is null || sprite.Service is null)
            ? new NatsExecutor(sprite, nats)
            : new ServiceExecutor(sprite);
}
