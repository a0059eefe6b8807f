using System.Globalization;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Record;
using OpsManager.Sources.Replay;

namespace OpsManager.Session;

/// <summary>Records one repository into one tape, by a look of its own: the same that the screen has.</summary>
internal sealed class RepoRecorder : IDisposable
{
    /// <summary>How long the looks wait for a slow disk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RepoTap tap;
    private readonly SingleTape tape;
    private readonly TapeRecorder recorder;
    private readonly IDisposable looks;

    private RepoRecorder(RepoTap tap, SingleTape tape, TapeRecorder recorder, IDisposable looks) =>
        (this.tap, this.tape, this.recorder, this.looks) = (tap, tape, recorder, looks);

    public string Path => tape.Path;

    /// <summary>Why the recording is over, once it is.</summary>
    public IObservable<RecordingEnd> Ended => recorder.Ended;

    /// <summary>What was recorded and redacted, in one sentence.</summary>
    public string Summary => tape.Redacted is { } counts
        ? $"{Size} in {tape.Path}. Redacted: {counts.Text}; {RedactionCounts.NeverComplete}"
        : $"{Size} in {tape.Path}. Nothing was redacted";

    /// <summary>The same in one line of a screen: where the recording is comes last.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Size}, {tape.Redacted?.Total ?? 0:N0} redacted, in {tape.Path}");

    private string Size => string.Create(
        CultureInfo.InvariantCulture, $"{tape.Length.TotalSeconds:0.#} s, {tape.Size / 1024.0:N0} KiB");

    /// <param name="looks">Where files are looked at.</param>
    /// <param name="writes">Where the tape is written: another thread.</param>
    /// <param name="patterns">What the user wants redacted beside what is known.</param>
    /// <exception cref="ContractException">The file is another recorder's, or something is there already.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static RepoRecorder Start(
        VerbContext context, RecordRequest request, IReadOnlyList<string> patterns, IScheduler looks, IScheduler writes)
    {
        var place = TapePlace.Create(context.Files, request.Path);
        RepoTap? tap = null;
        // The end is not read first: a tape has a log from its start on.
        var source = LocalSource.Open(
            context.Files,
            request.Repo,
            FollowOptions.Default with { TailFirstBytes = long.MaxValue },
            (files, processes) => tap = new RepoTap(files, processes, request.WithLogs));
        try
        {
            var tape = new SingleTape(place, Options(context, request, patterns, tap!.Processes.IsObservable), looks.Now);
            var recorder = new TapeRecorder(tap.Looks, tape, writes, Patience);
            var watching = source.Observe(looks).Subscribe(
                static _ => { }, error => recorder.Stop(new RecordingEnd(error.Message.TrimEnd('.'), IsFault: true)));
            return new(tap, tape, recorder, request.MaxAge is { } age
                ? new CompositeDisposable(watching, writes.Schedule(age, () => recorder.Stop(Aged(age)))) : watching);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>The name of a tape in a directory of tapes.</summary>
    public static string FileName(string repo, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"{Name(repo)}-{now:yyyyMMdd'T'HHmmss'Z'}{TapeStore.Extension}");

    private static RecordingEnd Aged(TimeSpan age) =>
        new(string.Create(CultureInfo.InvariantCulture, $"it has recorded for {age.TotalMinutes:0.#} minutes ({FlagNames.MaxAge})"));

    private static string Name(string repo) => System.IO.Path.GetFileName(repo) is { Length: > 0 } name ? name : "repository";

    /// <summary>What the options of a recording are for a repository.</summary>
    public static RecordOptions Options(
        VerbContext context, RecordRequest request, IReadOnlyList<string> patterns, bool seesProcesses) => new()
        {
            Title = string.Create(
                CultureInfo.InvariantCulture, $"{Name(request.Repo)}, recorded {context.Time.GetUtcNow():yyyy-MM-dd HH:mm}Z"),
            Repo = request.Repo,
            Redaction = request.IsRaw ? null : RedactionRules.For(request.Repo, context.Environment("HOME"), patterns),
            Mark = request.Mark,
            SeesProcesses = seesProcesses,
            MaxBytes = request.MaxBytes ?? RecordOptions.DefaultMaxBytes,
        };

    /// <summary>Ends it when all that was seen until now is written.</summary>
    public void Stop(string why)
    {
        looks.Dispose();
        recorder.Stop(new RecordingEnd(why));
    }

    public void Dispose()
    {
        looks.Dispose();
        recorder.Dispose();
        tap.Dispose();
        tape.Dispose();
    }
}
