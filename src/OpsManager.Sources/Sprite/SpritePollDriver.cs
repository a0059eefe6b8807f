using System.Reactive.Concurrency;
using System.Threading.Channels;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// Does what <see cref="SpritePoller"/> wants done, one thing after the other, and reports the results to it. Decides nothing.
/// </summary>
/// <param name="copied">The copy may have changed: in these loops, or anywhere where it gets null.</param>
internal sealed class SpritePollDriver(
    SpriteSettings settings, Mirror mirror, SpriteSync sync, TimeProvider time, Action<IReadOnlyCollection<string>?> copied)
{
    private readonly SpritePoller poller = new(PollSettings.From(settings));
    private readonly IFirstWay? first = settings.First ?? (settings.Service is { } service ? new ServiceWay(service) : null);

    /// <summary>What is read where the first way fails.</summary>
    private readonly ILoopTransport? instead =
        settings is { First: not null, Service: { } service } ? new ServiceTransport(service) : settings.Pull;

    private int news;

    /// <summary>Loops that were copied since that was told last.</summary>
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private bool isSetAside;

    private readonly Refreshes refreshes = new();

    /// <summary>What others ask for while something is under way.</summary>
    private readonly Channel<PollInput> asked = Channel.CreateUnbounded<PollInput>();

    private volatile PollState state = PollState.Create(settings.Name, mirror.Origin, PollSettings.From(settings).FirstWord);

    /// <summary>How it is reached now; before anything was asked, what an earlier session knew.</summary>
    public SpriteState State => state.Sprite;

    /// <summary>What the service said of a loop last, where the copy is of that moment.</summary>
    public SnapshotEnvelope? Said(string loop) => state.Loops.GetValueOrDefault(loop)?.Said;

    /// <summary>Asks at once, and often for a while.</summary>
    public void Wake() => asked.Writer.TryWrite(new PollInput.Woken(time.GetUtcNow()));

    /// <summary>
    /// Somebody looks at a loop: lines that its copy has left out are read. Only a way that is pushed leaves any out; one that asks the
    /// sprite is not used for a look, for that would keep the sprite awake, or wake it.
    /// </summary>
    public void LookAt(string loop)
    {
        if (first?.IsPushed == true && sync.Want(loop) && first.OpenSince is null)
        {
            Heard();
        }
    }

    public Task<string?> RefreshAsync(string loop, CancellationToken cancel)
    {
        var (id, done) = refreshes.Add();
        asked.Writer.TryWrite(new PollInput.RefreshAsked(time.GetUtcNow(), new Refresh(id, loop)));
        return done.WaitAsync(cancel);
    }

    /// <summary>Leaves what is known of the copy to the next session, which then writes only what has changed since.</summary>
    public void End() => sync.End();

    /// <summary>Asks until it is cancelled. No fault of a sprite ends it.</summary>
    public async Task RunAsync(IObserver<IReadOnlyList<Observation>> observer, string repo, IScheduler scheduler, CancellationToken cancel)
    {
        var publisher = new StatePublisher(observer, repo, scheduler);
        sync.Progress = read => publisher.Publish(state.Sprite with { Progress = read.Text });
        refreshes.Begin();
        first?.Listen(Heard);
        try
        {
            var action = Take(new PollInput.Started(time.GetUtcNow()));
            while (!cancel.IsCancellationRequested)
            {
                action = action is PollAction.Rest rest
                    ? await RestedAsync(rest, publisher, cancel).ConfigureAwait(false)
                    : Next(action, await DoneAsync(action, publisher, cancel).ConfigureAwait(false));
            }
        }
        finally
        {
            first?.Listen(null);
            refreshes.End();
        }
    }

    /// <summary>News that nobody has taken yet is not told twice.</summary>
    private void Heard()
    {
        if (Interlocked.Exchange(ref news, 1) == 0)
        {
            asked.Writer.TryWrite(new PollInput.NewsCame(time.GetUtcNow()));
        }
    }

    private PollAction Take(PollInput input)
    {
        if (input is PollInput.NewsCame)
        {
            Volatile.Write(ref news, 0);
        }

        (state, var action) = poller.Step(state, input with { Service = ServiceReading.From(first) });
        return action;
    }

    /// <summary>Something is done. What others asked for in the meantime comes first: it does not end what was under way.</summary>
    private PollAction Next(PollAction action, PollInput done)
    {
        while (asked.Reader.TryRead(out var input))
        {
            Take(input);
        }

        return Take(done) is not PollAction.Continue and var next
            ? next
            : throw new InvalidOperationException($"nothing follows from {done.GetType().Name} of {action.GetType().Name}");
    }

    private async Task<PollAction> RestedAsync(PollAction.Rest rest, StatePublisher publisher, CancellationToken cancel)
    {
        publisher.Publish(rest.State);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var wake = asked.Reader.WaitToReadAsync(end.Token).AsTask();
        await Task.WhenAny(wake, Task.Delay(rest.For ?? Timeout.InfiniteTimeSpan, time, end.Token)).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        return Take(asked.Reader.TryRead(out var input) ? input : new PollInput.Elapsed(time.GetUtcNow()));
    }

    private async Task<PollInput> DoneAsync(PollAction action, StatePublisher publisher, CancellationToken cancel)
    {
        if (action is PollAction.Tell tell)
        {
            Tell(tell, publisher);
            return new PollInput.Done(time.GetUtcNow());
        }

        try
        {
            return await AnsweredAsync(action, cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            // What a sprite says must not end the watching of it, whatever it is.
            var (code, words) = error switch
            {
                ContractException fault => (fault.Code, fault.Message),
                IOException or UnauthorizedAccessException => (FailureCodes.ProjectionFailed, $"the copy cannot be written: "
                    + $"{error.Message}"),
                _ => (FailureCodes.ServiceResponseInvalid, $"what {settings.Name} answered cannot be used: {error.Message}"),
            };
            return new PollInput.Failed(time.GetUtcNow(), code, words, (error as BusyServiceException)?.RetryAfter);
        }
    }

    private void Tell(PollAction.Tell tell, StatePublisher publisher)
    {
        if (tell.HasCopied)
        {
            copied(isSetAside ? null : changed);
            changed.Clear();
            isSetAside = false;
        }

        publisher.Publish(tell.State);
        refreshes.Answer(tell.Answers);
    }

    private async Task<PollInput> AnsweredAsync(PollAction action, CancellationToken cancel)
    {
        switch (action)
        {
            case PollAction.AskPlatform:
                var (warmth, fault) = await settings.Platform!.AskAsync(cancel).ConfigureAwait(false);
                return new PollInput.PlatformSaid(time.GetUtcNow(), fault is null ? warmth : null);
            case PollAction.ListCopy:
                return new PollInput.CopyListed(time.GetUtcNow(), mirror.Loops);
            case PollAction.ListLoops { Way: var way }:
                var list = await By(way).LoopsAsync(cancel).ConfigureAwait(false);
                return new PollInput.LoopsListed(time.GetUtcNow(), list is null ? null : [.. list.Loops.Select(loop =>
                    new ListedLoop(
                        loop.LoopId, loop.SnapshotTag is not null, loop.SnapshotTag is { } tag && sync.Has(loop.LoopId, tag)))]);
            case PollAction.ReadLoop { Way: var way, Loop: var loop }:
                var by = By(way);
                changed.Add(loop);
                var copy = await sync.LoopAsync(by, loop, cancel).ConfigureAwait(false);
                if (copy is null)
                {
                    changed.Remove(loop);
                }

                if (sync.LacksOlder(loop))
                {
                    // Slice after slice: what is new comes in between.
                    Heard();
                }

                return new PollInput.LoopRead(time.GetUtcNow(), copy is null ? null : Reading(by, copy));
            case PollAction.Probe { Loops: var loops }:
                await ServiceProbe.CheckAsync(first!.Open(isProbing: true), instead, loops, cancel).ConfigureAwait(false);
                return new PollInput.ProbedWell(time.GetUtcNow());
            default:
                Do(action);
                return new PollInput.Done(time.GetUtcNow());
        }
    }

    private void Do(PollAction action)
    {
        switch (action)
        {
            case PollAction.NoteAsleep:
                first?.Slept();
                break;
            case PollAction.SetAside { Loops: var gone }:
                isSetAside = true;
                foreach (var loop in gone)
                {
                    mirror.SetLoopAside(loop);
                    sync.Forget(loop);
                }

                break;
            case PollAction.KeepOrigin { RepoPath: var path, At: var at }:
                mirror.ReadWell(path, at);
                break;
            case PollAction.ForgetAnswers:
                sync.Forget();
                break;
            case PollAction.ForgiveService:
                first!.Forgive();
                sync.Forget();
                break;
            default:
                throw new InvalidOperationException($"{action.GetType().Name} cannot be done");
        }
    }

    private ILoopTransport By(ConnectionMode way) =>
        way == ConnectionMode.Service ? first!.Open(isProbing: false) : instead!;

    private PolledReading Reading(ILoopTransport by, Copied copy)
    {
        var snapshot = copy.Snapshot;
        var extras = copy.Extras;
        // What is folded is not always what a snapshot says, and then it must not be compared with it.
        var said = copy.IsOfOneMoment && by.Word != settings.Pull?.Word ? EnvelopeParity.Compared(snapshot) : null;
        return new PolledReading(
            new PolledLoop(extras.Assessment?.Lifecycle ?? snapshot.Run.Status, said),
            snapshot.Source.RepoPath,
            IsoTime.TryParse(snapshot.Health.LastEventAt, out var last) ? last : null,
            by.HandsOutFiles && extras.Files is not null,
            by.Note(snapshot.Source.LoopId) ?? sync.FaultOfOlder(snapshot.Source.LoopId));
    }
}
