using System.IO.Abstractions;
using System.Reactive;
using System.Reactive.Linq;
using OpsManager.Contract;

namespace OpsManager.Sources.Local;

/// <summary>Says that something may have changed. Never the truth: a hint may be missed or be about nothing.</summary>
public interface IChangeHints
{
    IObservable<Unit> Changes { get; }

    /// <summary>The ids of loops in which alone something may have changed, where that is known.</summary>
    IObservable<string> LoopChanges => Observable.Never<string>();
}

/// <summary>
/// Hints from the file system's own notification. Watches the shared files and the loops' directories, not the logs and prompts
/// below them, which agents write all the time. Where the host gives no more watchers, polling goes on alone.
/// </summary>
public sealed class WatcherHints(IFileSystem files, string root) : IChangeHints
{
    /// <summary>Watchers are few on a host (often 128 for a user); loops beyond these are polled only.</summary>
    private const int MaxWatchedLoops = 16;

    public IObservable<Unit> Changes => Observable.Create<Unit>(observer =>
    {
        var gate = new Lock();
        var watchers = new Dictionary<string, IFileSystemWatcher>(StringComparer.Ordinal);

        void Watch(string directory)
        {
            lock (gate)
            {
                if (watchers.ContainsKey(directory) || watchers.Count > MaxWatchedLoops + 1 || !files.Directory.Exists(directory))
                {
                    return;
                }

                if (TryWatch(directory) is { } watcher)
                {
                    watchers.Add(directory, watcher);
                }
            }
        }

        IFileSystemWatcher? TryWatch(string directory)
        {
            try
            {
                var watcher = files.FileSystemWatcher.New(directory);
                watcher.NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.FileName | NotifyFilters.DirectoryName;
                void Hint(object? sender, FileSystemEventArgs change) => observer.OnNext(Unit.Default);
                watcher.Changed += Hint;
                watcher.Deleted += Hint;
                watcher.Renamed += Hint;
                watcher.Created += (sender, change) =>
                {
                    WatchLoops();
                    Hint(sender, change);
                };
                watcher.EnableRaisingEvents = true;
                return watcher;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
            {
                // The host has no watcher left, or never had one: polling is the truth anyway.
                return null;
            }
        }

        void WatchLoops()
        {
            Watch(files.Path.Combine(root, ArtifactPaths.Root));
            var loops = files.Path.Combine(root, ArtifactPaths.Loops);
            if (files.DirectoryInfo.New(loops).LinkTarget is not null)
            {
                // Nothing behind a link is read, so nothing there is waited for.
                return;
            }

            Watch(loops);
            foreach (var loop in ListLoops(loops))
            {
                Watch(loop);
            }
        }

        WatchLoops();
        return () =>
        {
            lock (gate)
            {
                foreach (var watcher in watchers.Values)
                {
                    watcher.Dispose();
                }
            }
        };
    });

    private IReadOnlyList<string> ListLoops(string loops)
    {
        try
        {
            // The loops that changed last are the ones that will change next.
            return [.. files.DirectoryInfo.New(loops)
                .EnumerateDirectories()
                .Where(static loop => loop.LinkTarget is null)
                .OrderByDescending(static loop => loop.LastWriteTimeUtc)
                .Take(MaxWatchedLoops)
                .Select(static loop => loop.FullName)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
