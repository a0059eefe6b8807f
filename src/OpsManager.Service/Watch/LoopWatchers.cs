using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Core.Fold;
using OpsManager.Service.Http;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using OpsManager.Sources.Processes;

namespace OpsManager.Service.Watch;

/// <summary>The watchers of a repository's loops; of many, those that were asked for last.</summary>
internal sealed class LoopWatchers(IFileSystem fileSystem, TimeProvider time, string repo) : IDisposable
{
    /// <summary>Most that are kept.</summary>
    public const int MaxLoops = 1024;

    private readonly GuardedFiles files = GuardedFiles.Open(fileSystem, repo, servesOthers: true);
    private readonly ChangeSignal signal = new(new WatcherHints(fileSystem, repo));
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Loop, LoopWatcher Watcher)>> known = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Loop, LoopWatcher Watcher)> byUse = new();

    public GuardedFiles Files => files;

    /// <summary>What the host says of changes in the repository.</summary>
    public ChangeSignal Signal => signal;

    /// <summary>Watchers that are kept now.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return known.Count;
            }
        }
    }

    /// <summary>The processes of this host, for runs of this repository.</summary>
    public IProcessTable Processes => ProcTable.Open(fileSystem, repo);

    /// <summary>The loop, read once.</summary>
    /// <exception cref="ContractException">A required artifact is missing, invalid or unreadable.</exception>
    public Task<LoopReading> ReadAsync(string loop) => new LoopReader(fileSystem, time, FoldOptions.Default).ReadAsync(repo, loop);

    /// <summary>The watcher of a loop whose directory is there.</summary>
    /// <exception cref="Refusal">404.</exception>
    public LoopWatcher For(string loop)
    {
        Check(loop);
        lock (gate)
        {
            if (known.TryGetValue(loop, out var node))
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
                return node.Value.Watcher;
            }

            var watcher = new LoopWatcher(new LoopProbe(fileSystem, time, FoldOptions.Default, files, loop), files, loop, signal, time);
            known.Add(loop, byUse.AddFirst((loop, watcher)));
            if (byUse.Count > MaxLoops)
            {
                // Somebody may be looking through it: it goes when nobody holds it now.
                known.Remove(byUse.Last!.Value.Loop);
                byUse.RemoveLast();
            }

            return watcher;
        }
    }

    /// <exception cref="Refusal">404: there is no such loop; 502: it is reached through a link only.</exception>
    public void Check(string loop)
    {
        bool isThere;
        try
        {
            isThere = LoopDirectories.Contains(files, loop);
        }
        catch (ContractException error)
        {
            throw Refusal.Broken(error.Message);
        }

        if (!isThere)
        {
            throw Refusal.NotFound($"there is no loop \"{loop}\" in {repo}; GET /ops/loops lists the loops");
        }
    }

    public void Dispose()
    {
        signal.Dispose();
        lock (gate)
        {
            foreach (var (_, watcher) in byUse)
            {
                watcher.Dispose();
            }
        }
    }
}
