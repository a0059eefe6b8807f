using OpsManager.Contract;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>
/// A sprite, its platform and the time, in memory: it does what a poller wants done, as a test has set it. Nothing takes time but
/// rests, and requests as long as a test says. It fails where a poller asks for a second thing before the first has ended.
/// </summary>
internal sealed class PollWorld
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SpritePoller poller;
    private readonly ErrorBudget budget = new(0.99, TimeSpan.FromHours(1), 10);
    private DateTimeOffset? failingSince;
    private DateTimeOffset began;

    public PollWorld(PollSettings settings)
    {
        poller = new SpritePoller(settings);
        Settings = settings;
        State = PollState.Create(settings.Name, null);
        Action = Take(new PollInput.Started(Now));
    }

    public PollSettings Settings { get; }

    public DateTimeOffset Now { get; private set; } = Start;

    public PollState State { get; private set; }

    /// <summary>What is under way.</summary>
    public PollAction Action { get; private set; }

    /// <summary>What the platform says; null where it does not answer.</summary>
    public PowerState? Platform { get; set; } = PowerState.Running;

    public bool IsServiceWell { get; set; } = true;

    public bool IsPullWell { get; set; } = true;

    /// <summary>The copy can be written.</summary>
    public bool IsCopyWell { get; set; } = true;

    /// <summary>What a failing service asks for.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>Failures of the service that its retries hide, with every request.</summary>
    public int Hidden { get; set; }

    /// <summary>How long each request takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The loops over there, and their lifecycles.</summary>
    public Dictionary<string, Lifecycle> Loops { get; } = new(StringComparer.Ordinal) { ["a"] = Lifecycle.Running };

    /// <summary>Loops of which the list says that the copy is up to date.</summary>
    public HashSet<string> Unchanged { get; } = new(StringComparer.Ordinal);

    /// <summary>The list carries tags.</summary>
    public bool IsTagged { get; set; }

    /// <summary>The service can list its loops.</summary>
    public bool Lists { get; set; } = true;

    /// <summary>Loops that cannot be read over there.</summary>
    public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);

    /// <summary>Every reading finds something new.</summary>
    public bool Changes { get; set; } = true;

    /// <summary>Loops of an earlier session.</summary>
    public string[] Copy { get; set; } = [];

    /// <summary>Looks at everything that is wanted, before it is done.</summary>
    public Action<PollAction> Watches { get; set; } = static _ => { };

    /// <summary>When the operator, or somebody who waits, asked last.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>Until when the service wants to be left alone.</summary>
    public DateTimeOffset? HeldUntil { get; private set; }

    /// <summary>What was wanted, and when.</summary>
    public List<(DateTimeOffset At, PollAction Action)> Wanted { get; } = [];

    public List<RefreshAnswer> Answers { get; } = [];

    public SpriteState Sprite => State.Sprite;

    public ServiceReading Service => Settings.HasService
        ? new(budget.Read(Now), Now - failingSince > TimeSpan.FromSeconds(5) ? failingSince : null, TimeSpan.Zero)
        : ServiceReading.None;

    /// <summary>A request is under way.</summary>
    public bool IsAsking => IsRequest(Action);

    /// <summary>Whether it sends anything to the sprite, and so wakes it.</summary>
    public static bool IsRequest(PollAction action) => action is PollAction.ListLoops or PollAction.ReadLoop or PollAction.Probe;

    /// <summary>When something was sent to the sprite since a moment, one time for each round.</summary>
    public DateTimeOffset[] RequestsSince(DateTimeOffset from) =>
        [.. Wanted.Where(wanted => wanted.At >= from && IsRequest(wanted.Action)).Select(static wanted => wanted.At).Distinct()];

    public IEnumerable<T> WantedSince<T>(DateTimeOffset from) =>
        Wanted.Where(wanted => wanted.At >= from).Select(static wanted => wanted.Action).OfType<T>();

    /// <summary>Lets time pass, and does what is wanted.</summary>
    public PollWorld Run(double seconds)
    {
        for (var end = Now.AddSeconds(seconds); ;)
        {
            var until = Action switch
            {
                PollAction.Rest { For: { } wait } => began + wait,
                PollAction.Rest => DateTimeOffset.MaxValue,
                PollAction.ListLoops or PollAction.ReadLoop or PollAction.Probe => began + Latency,
                _ => Now,
            };
            if (until > end)
            {
                Now = end;
                return this;
            }

            Now = until > Now ? until : Now;
            Action = Take(Done(Action));
        }
    }

    /// <summary>The operator presses W.</summary>
    public PollWorld Wake() => Give(new PollInput.Woken(Now));

    public PollWorld Refresh(long id, string loop) => Give(new PollInput.RefreshAsked(Now, new Refresh(id, loop)));

    /// <summary>Something happens that does not end what is under way, unless that is a rest.</summary>
    public PollWorld Give(PollInput input)
    {
        var next = Take(input);
        if (next is not PollAction.Continue)
        {
            Assert.IsType<PollAction.Rest>(Action);
            Action = next;
        }

        return this;
    }

    private PollAction Take(PollInput input)
    {
        if (input is PollInput.Woken or PollInput.RefreshAsked)
        {
            (AskedAt, HeldUntil) = (Now, null);
        }

        (State, var action) = poller.Step(State, input with { Service = Service });
        if (action is not PollAction.Continue)
        {
            began = Now;
            Watches(action);
            Wanted.Add((Now, action));
        }

        return action;
    }

    /// <summary>How what is under way ends.</summary>
    private PollInput Done(PollAction action)
    {
        switch (action)
        {
            case PollAction.Rest:
                return new PollInput.Elapsed(Now);
            case PollAction.AskPlatform:
                return new PollInput.PlatformSaid(Now, Platform);
            case PollAction.Tell tell:
                Answers.AddRange(tell.Answers);
                return new PollInput.Done(Now);
            case PollAction.ListCopy:
                return new PollInput.CopyListed(Now, Copy);
            case PollAction.ListLoops { Way: var way }:
                return (PollInput?)Fault(way) ?? new PollInput.LoopsListed(Now, Lists ? [.. Loops.Keys.Select(Listed)] : null);
            case PollAction.ReadLoop { Way: var way, Loop: var loop }:
                return (PollInput?)Fault(way) ?? Read(loop);
            case PollAction.Probe:
                return (PollInput?)Fault(ConnectionMode.Service) ?? new PollInput.ProbedWell(Now);
            case PollAction.ForgiveService:
                budget.Reset();
                failingSince = null;
                return new PollInput.Done(Now);
            case PollAction.SetAside or PollAction.KeepOrigin when !IsCopyWell:
                return new PollInput.Failed(Now, FailureCodes.ProjectionFailed, "the copy cannot be kept: the disk is full");
            default:
                return new PollInput.Done(Now);
        }
    }

    private PollInput.Failed? Fault(ConnectionMode way)
    {
        if (way == ConnectionMode.Pull)
        {
            return IsPullWell ? null : new PollInput.Failed(Now, FailureCodes.ServiceRequestFailed, "the path cannot be read");
        }

        for (var i = 0; i < Hidden; i++)
        {
            budget.Count(Now, isGood: false);
        }

        budget.Count(Now, IsServiceWell);
        failingSince = IsServiceWell ? null : failingSince ?? Now;
        if (IsServiceWell)
        {
            return null;
        }

        HeldUntil = RetryAfter is { } wanted ? Now + TimeSpan.FromSeconds(Math.Min(wanted.TotalSeconds, 30)) : null;
        return new PollInput.Failed(Now, FailureCodes.ServiceRequestFailed, "it answered 503", RetryAfter);
    }

    private ListedLoop Listed(string loop) => new(loop, IsTagged, Unchanged.Contains(loop));

    private PollInput Read(string loop) => Broken.Contains(loop)
        ? new PollInput.Failed(Now, FailureCodes.SnapshotUnavailable, "it has not run yet")
        : new PollInput.LoopRead(Now, Changes || !State.Loops.ContainsKey(loop) ? Reading(loop) : null);

    private PolledReading Reading(string loop) =>
        new(new PolledLoop(Loops.GetValueOrDefault(loop, Lifecycle.Unknown), null), "/srv/app", null, SeesDecisions: true);
}
