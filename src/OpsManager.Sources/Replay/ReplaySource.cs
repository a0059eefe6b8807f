using System.Reactive.Concurrency;
using System.Reactive.Linq;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Replay;

/// <summary>
/// The files of a recording at the moment that is shown, for what the screen reads by itself. Its models come from the replay: nothing is
/// observed here.
/// </summary>
internal sealed class ReplaySource(string repo) : ISource
{
    private readonly FilesThen files = new();

    public string Repo => repo;

    public IRepoFiles Files => files;

    /// <summary>The files at the moment that is shown from now on.</summary>
    public void Show(IRepoFiles then) => files.Now = then;

    public IObservable<IReadOnlyList<Observation>> Observe(IScheduler scheduler) => Observable.Never<IReadOnlyList<Observation>>();

    private sealed class FilesThen : IRepoFiles
    {
        private volatile IRepoFiles now = new TapeFiles();

        public IRepoFiles Now
        {
            set => now = value;
        }

        public FileProbe Probe(string path) => now.Probe(path);

        public int ReadAt(string path, long offset, Span<byte> buffer) => now.ReadAt(path, offset, buffer);

        public IReadOnlyList<string> Directories(string path) => now.Directories(path);

        public IReadOnlyList<FileEntry> Files(string directory) => now.Files(directory);
    }
}
