using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;

namespace OpsManager.Sources.Replay;

/// <summary>One showing of recordings. Everything in it happens on its scheduler, one thing after the other.</summary>
internal sealed class ReplayRun : IDisposable
{
    /// <summary>Between two pictures while it plays.</summary>
    private static readonly TimeSpan FrameGap = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a tour shows the end of a recording.</summary>
    private static readonly TimeSpan ShowEnd = TimeSpan.FromSeconds(6);

    /// <summary>Looks that are read in one go: commands wait no longer than these take.</summary>
    private const int Slice = 256;

    private readonly IReadOnlyList<RecordingEntry> recordings;
    private readonly ReplaySource[] sources;
    private readonly ReplayOptions options;
    private readonly IScheduler scheduler;
    private readonly IObserver<ReplayFrame> observer;
    private readonly SerialDisposable reading = new();
    private readonly SerialDisposable playing = new();
    private readonly Reducer reducer;
    private Recording? recording;
    private ReplayHead head;
    private TimeSpan? wanted;
    private bool isTour;
    private bool snapshotOnly;
    private int index;
    private string? note;
    private string? fault;
    private DateTimeOffset movedAt;

    public ReplayRun(
        IReadOnlyList<RecordingEntry> recordings, ReplaySource[] sources, ReplayOptions options, IScheduler scheduler,
        IObserver<ReplayFrame> observer)
    {
        (this.recordings, this.sources, this.options, this.scheduler, this.observer) = (recordings, sources, options, scheduler, observer);
        (reducer, isTour, wanted) = (new Reducer(options.Fold), options.IsTour, options.StartAt);
        reading.Disposable = scheduler.Schedule(() => Open(0, options.IsPlaying));
    }

    /// <summary>Does what the operator asks for.</summary>
    public void Do(ReplayCommand command)
    {
        // Whoever takes the keys has the recording from then on.
        isTour = isTour && command is ReplayCommand.SwitchStream;
        switch (command)
        {
            case ReplayCommand.Open open when open.Index >= 0 && open.Index < recordings.Count:
                Open(open.Index, options.IsPlaying || options.PlaysChosen);
                return;
            case ReplayCommand.SwitchStream stream:
                snapshotOnly = stream.SnapshotOnly;
                break;
            case ReplayCommand.TakeOver:
                break;
            case not null when recording is { } known:
                Catch(known);
                head = head.Do(known, command);
                wanted = command is ReplayCommand.PlayOrPause or ReplayCommand.ChangeSpeed ? wanted : Wanted(known, command);
                Play();
                break;
        }

        Show();
    }

    public void Dispose()
    {
        reading.Dispose();
        playing.Dispose();
    }

    /// <summary>The moment that was asked for and has not been read yet; null where it has.</summary>
    private static TimeSpan? Wanted(Recording recording, ReplayCommand command) => command switch
    {
        ReplayCommand.ToEnd when !recording.IsReadWhole => recording.Length,
        ReplayCommand.ToTime { At: var at } when at > recording.ReadTo => at,
        _ => null,
    };

    private void Open(int which, bool isPlaying)
    {
        (index, recording, note, fault) = (which, null, null, null);
        playing.Disposable = Disposable.Empty;
        var entry = recordings[which];
        try
        {
            var tape = entry.Open();
            (note, fault) = (tape.Note, tape.Fault);
            recording = new Recording(tape, entry.Info.Name, options);
            head = ReplayHead.Start(options) with { IsPlaying = isPlaying };
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            fault = error.Message;
            Show();
            return;
        }

        Show();
        Play();
        Read();
    }

    private void Read() => reading.Disposable = scheduler.Schedule(() =>
    {
        if (recording is not { IsReadWhole: false } partly)
        {
            return;
        }

        partly.ReadOn(Slice);
        if (wanted is { } at)
        {
            var isPlaying = head.IsPlaying;
            head = head.Do(partly, new ReplayCommand.ToTime(at)) with { IsPlaying = isPlaying };
            wanted = partly.ReadTo >= at || partly.IsReadWhole ? null : at;
        }

        Show();
        Read();
    });

    /// <summary>Goes on playing, where it plays.</summary>
    private void Play()
    {
        movedAt = scheduler.Now;
        playing.Disposable = head.IsPlaying ? scheduler.Schedule(FrameGap, Tick) : Disposable.Empty;
    }

    private void Tick()
    {
        if (recording is not { } known)
        {
            return;
        }

        var before = head;
        Catch(known);
        if (head != before)
        {
            Show();
        }

        playing.Disposable = head.IsPlaying ? scheduler.Schedule(FrameGap, Tick)
            : isTour ? scheduler.Schedule(ShowEnd, () => Open((index + 1) % recordings.Count, options.IsPlaying))
            : Disposable.Empty;
    }

    /// <summary>Moves on to where playing has come by now.</summary>
    private void Catch(Recording known)
    {
        var now = scheduler.Now;
        head = head.Pass(known, now - movedAt, options.Idle);
        movedAt = now;
    }

    private void Show()
    {
        var state = new ReplayState
        {
            Recording = recordings[index].Info,
            Index = index,
            Count = recordings.Count,
            RecordedAt = recording?.RecordedAt ?? default,
            IsTour = isTour,
            Note = note,
            Fault = fault,
        };
        if (recording is not { } known)
        {
            observer.OnNext(new ReplayFrame(FleetModel.Empty, state));
            return;
        }

        sources[index].Show(known.FilesAt(head.Look));
        observer.OnNext(new ReplayFrame(Streamed(known, known.ModelAt(head.Look, head.At)), state with
        {
            At = head.At,
            Length = known.Length,
            ReadTo = known.ReadTo,
            Change = known[head.Look].Changes,
            Changes = known.Changes,
            Changed = known.Changed(head.Look),
            IsPlaying = head.IsPlaying,
            Speed = head.Speed,
            IsSkipping = head.IsSkipping,
            Points = known.Points,
            End = known.End,
        }));
    }

    private FleetModel Streamed(Recording known, FleetModel model) => snapshotOnly
        ? reducer.Reduce(model, [new StreamSwitched(known.RecordedAt + head.At, SnapshotOnly: true)])
        : model;
}
