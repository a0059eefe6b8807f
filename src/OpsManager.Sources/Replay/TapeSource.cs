using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;

namespace OpsManager.Sources.Replay;

/// <summary>
/// Plays a tape in its own time, again and again. A stretch in which nothing happens passes quickly: nobody watches twenty
/// minutes of silence, and what comes of it is seen all the same because the tape's clock goes through it.
/// </summary>
public sealed class TapeSource : ISource
{
    /// <summary>A longer stretch without a step is shortened to this.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(4);

    /// <summary>How long the end is shown before the tape starts over.</summary>
    private static readonly TimeSpan ShowEnd = TimeSpan.FromSeconds(15);

    private readonly Tape tape;
    private readonly FollowOptions options;
    private readonly CurrentFiles files = new();

    public TapeSource(Tape tape, FollowOptions options) => (this.tape, this.options) = (tape, options);

    public string Repo => tape.Name;

    public IRepoFiles Files => files;

    public IObservable<IReadOnlyList<Observation>> Observe(IScheduler scheduler) =>
        Observable.Create<IReadOnlyList<Observation>>(observer =>
    {
        var next = new SerialDisposable();

        void Start()
        {
            var deck = new TapeDeck(tape, Repo, options);
            files.Now = deck.Files;
            observer.OnNext([deck.Opening]);
            Play(deck);
        }

        void Play(TapeDeck deck)
        {
            if (deck.IsOver && deck.At > tape.Length + ShowEnd)
            {
                next.Disposable = scheduler.Schedule(Start);
                return;
            }

            var (to, after) = NextMove(deck);
            next.Disposable = scheduler.Schedule(after, () =>
            {
                var (seen, _) = deck.Move(to);
                if (seen.Count > 0)
                {
                    observer.OnNext(seen);
                }

                Play(deck);
            });
        }

        next.Begin(() => scheduler.Schedule(Start));
        return next;
    });

    /// <summary>How far to move, and after which real time.</summary>
    private (TimeSpan To, TimeSpan After) NextMove(TapeDeck deck)
    {
        var silence = deck.NextStepAt - deck.At;
        if (silence <= MaxSilence)
        {
            return (deck.NextMove, deck.NextMove - deck.At);
        }

        var factor = silence / MaxSilence;
        return (deck.At + (options.Poll * factor), options.Poll);
    }

    /// <summary>The files of the deck that plays now.</summary>
    private sealed class CurrentFiles : IRepoFiles
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
