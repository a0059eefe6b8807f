using System.Collections.Concurrent;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Service.Options;
using OpsManager.Service.Watch;
using OpsManager.Sources.Files;

namespace OpsManager.Service.Publish;

/// <summary>The loops of a repository that are published: those with a directory, and those that were published and have none now.</summary>
internal sealed class PublishedLoops(PublishOptions options, PublishWorld world, LoopWatchers watchers)
{
    private readonly ConcurrentDictionary<string, PublishedLoop> known = new(StringComparer.Ordinal);
    private FileProbe[] shared = [];
    private bool hasRemembered;

    public bool IsActive => known.Values.Any(static loop => loop.IsActive);

    /// <summary>Whether another sprite publishes a loop under the same name. Safe to call from any thread.</summary>
    public bool HasConflict(string name) => known.TryGetValue(name, out var loop) && loop.HasConflict;

    /// <summary>Every loop, with whether it is there.</summary>
    /// <param name="fault">Why they cannot be listed; null where they can.</param>
    public ICollection<PublishedLoop> All(out string? fault)
    {
        IReadOnlyList<string> found;
        try
        {
            if (world.Files.Probe(ArtifactPaths.Root) != FileProbe.Directory)
            {
                // Moved away or not mounted, its loops are not gone.
                fault = known.IsEmpty ? null : $"{world.Files.Full(ArtifactPaths.Root)} is missing; nothing is published until it is back.";
                return [];
            }

            LoopDirectories.Check(world.Files);
            found = LoopDirectories.In(world.Files);
            Remember();
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            fault = $"The loops cannot be listed: {error.Message}";
            return [];
        }

        foreach (var loop in known.Values)
        {
            loop.IsThere = false;
            loop.SaveIfDue();
        }

        foreach (var name in found)
        {
            Known(name).IsThere = true;
        }

        fault = null;
        return known.Values;
    }

    /// <summary>Whether a file that every loop shares is another one than at the last call.</summary>
    public bool HasSharedChanged()
    {
        FileProbe[] now = [world.Files.Probe(ArtifactPaths.State), world.Files.Probe(ArtifactPaths.ActiveRun)];
        var isSame = now.AsSpan().SequenceEqual(shared);
        shared = now;
        return !isSame;
    }

    /// <summary>What is being sent now.</summary>
    public IEnumerable<Task> Busy() => known.Values.Select(static loop => loop.Running).Where(static task => !task.IsCompleted);

    /// <summary>Waits until nothing is sent any more, and writes the outbox cursors.</summary>
    public Task EndAsync() => Task.WhenAll(known.Values.Select(static loop => loop.EndAsync()));

    /// <summary>Loops that were published before this process began may be gone since.</summary>
    private void Remember()
    {
        if (hasRemembered)
        {
            return;
        }

        foreach (var name in world.Files.Directories(ArtifactPaths.ManagerRoot).Where(ArtifactPaths.IsLoopId)
            .Where(name => world.Files.IsFile($"{ArtifactPaths.Manager(name)}/{FileNames.Publish}")))
        {
            Known(name);
        }

        hasRemembered = true;
    }

    private PublishedLoop Known(string name) => known.GetOrAdd(
        name, one => new PublishedLoop(one, new LoopPlace(options.Server.Prefix, options.Sprite, one), world, watchers));
}
