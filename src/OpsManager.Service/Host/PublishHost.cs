using OpsManager.Service.Act;
using OpsManager.Service.Http;
using OpsManager.Service.Options;
using OpsManager.Service.Publish;
using OpsManager.Service.Watch;
using OpsManager.Sources.Files;

namespace OpsManager.Service.Host;

/// <summary>Publishes the loops of a repository without an HTTP service (docs/fleet.md).</summary>
public static class PublishHost
{
    /// <summary>Publishes until it is cancelled, or what is there and then ends.</summary>
    /// <param name="repo">Absolute path of the repository.</param>
    /// <param name="runtimeCommand">The runtime's command as it was named, for controls; null to look for it.</param>
    /// <returns>Whether all that is there was published.</returns>
    /// <exception cref="Contract.ContractException">The loops are reached through a link only, or may not be looked at.</exception>
    /// <exception cref="IOException">It publishes once, and the server cannot be used or does not take it.</exception>
    public static async Task<bool> RunAsync(
        string repo, PublishOptions options, string? runtimeCommand, ServiceWorld world, CancellationToken cancel)
    {
        LoopDirectories.Check(GuardedFiles.Open(world.Files, repo, servesOthers: true));
        using var log = new AccessLog(world.Log, world.Time, token: null);
        using var watchers = new LoopWatchers(world.Files, world.Time, repo);
        var serve = new ServeOptions { Repo = repo, RuntimeCommand = runtimeCommand };
        var controls = new ControlQueue(world.Files, world.Time, world.Environment, world.Children, serve, log, cancel);
        await using var publisher = new FleetPublisher(
            options, watchers, world.Files, world.Time, world.NewId, log, new ControlRequests(watchers, controls, world.NewId));
        if (options.Once)
        {
            return await publisher.OnceAsync(cancel).ConfigureAwait(false);
        }

        await publisher.RunAsync(cancel).ConfigureAwait(false);
        return true;
    }
}
