using System.Collections.Immutable;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using OpsManager.Cli;
using OpsManager.Configuration.Recording;
using OpsManager.Contract;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Record;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Session;
using OpsManager.Tui.Watch;

namespace OpsManager.Session;

/// <summary>
/// Records the repositories of a screen: the last hours of each, where config.yaml asks for it, and into a file what the operator asks
/// for. It goes on while the screen shows a recording.
/// </summary>
internal sealed class ScreenRecorder : IScreenRecorder, IDisposable
{
    private const string Off =
        "nothing is recorded to go back to: put \"record: always\" into config.yaml, and start ops-manager again";

    /// <summary>How long whoever leaves waits for the end of a file.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly VerbContext context;
    private readonly RecordConfig config;
    private readonly ThreadScheduler looks;
    private readonly ThreadScheduler writes;
    private readonly BlackBox? box;
    private readonly Subject<Message> news = new();

    /// <summary>What nobody has heard yet: it is said once.</summary>
    private readonly List<Message> unheard = [];
    private readonly Dictionary<string, RepoRecorder> files = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private ImmutableDictionary<string, RepoRecording> recorded;

    private ScreenRecorder(VerbContext context, RecordConfig config, IReadOnlyList<string> repos, FollowOptions follow)
    {
        (this.context, this.config) = (context, config);
        looks = new ThreadScheduler("recording", context.Time);
        writes = new ThreadScheduler("tape", context.Time);
        var root = RecordingFolder.Kept(context);
        box = config.IsAlways && root is not null ? new BlackBox(context, config, root, repos.Count, writes) : null;
        var whyNot = box is not null ? null : config.IsAlways ? "there is no state directory: set XDG_STATE_HOME or HOME" : Off;
        recorded = RepoRecording.None.AddRange(repos.Select(repo => KeyValuePair.Create(repo, new RepoRecording(whyNot))));
        Sources =
        [
            .. repos.Select(repo => box?.Open(repo, (text, isFault) => Tell(new ToastRequested(text, isFault)))
                ?? LocalSource.Open(context.Files, repo, follow)),
        ];
    }

    /// <summary>One for each repository.</summary>
    public IReadOnlyList<ISource> Sources { get; }

    public ImmutableDictionary<string, RepoRecording> Recorded
    {
        get
        {
            lock (gate)
            {
                return recorded;
            }
        }
    }

    public IObservable<Message> News => Observable.Create<Message>(observer =>
    {
        lock (unheard)
        {
            unheard.ForEach(observer.OnNext);
            unheard.Clear();
            return news.Subscribe(observer);
        }
    });

    /// <param name="follow">How files are followed where nothing is recorded all the time; null for the default.</param>
    public static ScreenRecorder Start(
        VerbContext context, RecordConfig config, IReadOnlyList<string> repos, FollowOptions? follow = null) =>
        new(context, config, repos, follow ?? FollowOptions.Default);

    /// <summary>Goes on recording while no screen looks, until it is disposed.</summary>
    public IDisposable KeepOn() => box?.KeepOn(looks) ?? Disposable.Empty;

    /// <summary>What was kept of a repository up to now, the newest recording first.</summary>
    public IReadOnlyList<RecordingEntry> Past(string repo) => box?.Past(repo) ?? [];

    /// <summary>On the thread that looks: files are made and read.</summary>
    public void Toggle(string repo) => looks.Schedule(() => Turn(repo));

    public void Dispose()
    {
        RepoRecorder[] recorders;
        lock (gate)
        {
            recorders = [.. files.Values];
        }

        foreach (var running in recorders)
        {
            running.Stop("the screen was closed");
        }

        box?.Dispose();
        // What was told to end does so before the threads do.
        foreach (var running in recorders)
        {
            running.Ended.Timeout(Patience).Catch(Observable.Empty<RecordingEnd>()).LastOrDefaultAsync().Wait();
        }

        looks.Dispose();
        writes.Dispose();
    }

    private void Turn(string repo)
    {
        lock (gate)
        {
            if (files.TryGetValue(repo, out var running))
            {
                running.Stop("it was stopped");
                return;
            }

            try
            {
                Begin(repo);
            }
            catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
            {
                Tell(new ToastRequested($"not recorded: {error.Message}", IsFault: true));
            }
        }
    }

    private void Begin(string repo)
    {
        var folder = RecordingFolder.Recordings(context)
            ?? throw new IOException("there is no state directory: set XDG_STATE_HOME or HOME");
        var path = context.Files.Path.Combine(folder, RepoRecorder.FileName(repo, context.Time.GetUtcNow()));
        var recorder = RepoRecorder.Start(context, new RecordRequest(repo, path), config.Redact, looks, writes);
        files.Add(repo, recorder);
        Change(repo, path);
        Tell(new ToastRequested($"recording {RepoName.Of(repo)} to {path}; :record ends it"));
        recorder.Ended.Subscribe(end => Ended(repo, recorder, end));
    }

    private void Ended(string repo, RepoRecorder recorder, RecordingEnd end)
    {
        lock (gate)
        {
            files.Remove(repo);
            Change(repo, null);
        }

        Tell(new ToastRequested(
            end.IsFault ? $"the recording ended: {end.Text}; {recorder.Line}" : $"recorded {recorder.Line}", end.IsFault));
        // On the thread that writes; the tape is closed already.
        looks.Schedule(recorder.Dispose);
    }

    private void Change(string repo, string? tape)
    {
        recorded = recorded.SetItem(repo, recorded[repo] with { Tape = tape });
        Tell(new RecordingChanged(repo, recorded[repo]));
    }

    private void Tell(Message message)
    {
        lock (unheard)
        {
            if (news.HasObservers)
            {
                news.OnNext(message);
            }
            else
            {
                unheard.Add(message);
            }
        }
    }
}
