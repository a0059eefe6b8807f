using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using OpsManager.Control.Act;
using OpsManager.Control.Rollout;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Check;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;
using OpsManager.Sources.Sprite;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Session;

/// <summary>
/// The running parts of a screen, made from its settings: threads, pipeline, checks, desk, notifier, and the newest model between
/// them and the screen. Nothing runs before <see cref="Start"/>, which gets the terminal.
/// </summary>
internal sealed class ScreenComposition : IDisposable
{
    private readonly ScreenSettings settings;
    private readonly ThreadScheduler pipeline = new("pipeline");
    private readonly ThreadScheduler search = new("search");
    private readonly ThreadScheduler check = new("check");
    private readonly ThreadScheduler fleet = new("fleet");
    private readonly StreamSwitch stream;
    private readonly IReadOnlyList<ISource> sources;
    private readonly IConnectableObservable<FleetModel>? models;
    private readonly ControlDesk? desk;
    private readonly CompositeDisposable subscriptions = [];
    private Notifier? notifier;

    public ScreenComposition(ScreenSettings settings)
    {
        this.settings = settings;
        sources = settings.Replay?.Sources ?? settings.Sources;
        stream = new StreamSwitch(settings.SnapshotOnly, settings.Time);
        if (settings.Replay is not null)
        {
            // A recording has its own models, and there is nothing to check, to send to or to call for.
            return;
        }

        var folding = new Reducer(settings.Fold);
        var reading = new Reducer(settings.FoldAnew ?? settings.Fold);
        var checks = settings.Checks is { } wanted ? Checks(wanted, folding, reading) : [];
        models = Pipeline.Models(
            settings.Sources,
            folding,
            pipeline,
            stream.Observations,
            seen => checks.Select(one => one.Observe(seen, check)).Merge()).Replay(1);
        // Without settings for control there is no executor, and nothing in the screen that could start the runtime's command.
        desk = settings.Control is not { } control ? null : new ControlDesk(
            settings.Files,
            settings.Time,
            control.Executor,
            models,
            new Rearmer(settings.Files, settings.Time, settings.Sources, models, folding, reading),
            control.Desk);
    }

    /// <summary>The pipeline's steady time, by which ages are measured.</summary>
    public SteadyTime Clock => pipeline.Clock;

    /// <summary>Makes the screen and begins to watch; the screen gets its first model when the terminal's loop turns. Once.</summary>
    /// <param name="calls">Calls the operator through the terminal.</param>
    /// <param name="fallback">Why the terminal is used in a simpler way; null where it is not.</param>
    public MainScreen Start(ScreenTerminal terminal, TerminalNotifier calls, string? fallback)
    {
        var screen = new MainScreen(First(fallback), Ports(terminal));
        void Broken(Exception error) => terminal.Post(() => throw new InvalidOperationException("reading stopped: a fault in "
            + "ops-manager", error));
        if (settings.Replay is { } replay)
        {
            // Model and position come together, so that newer ones replace both.
            var frames = new Latest<ReplayFrame>(frame => screen.Take(new ReplayChanged(frame.Fleet, frame.State)), terminal.Post);
            subscriptions.Add(replay.Observe(pipeline).Subscribe(frames.Offer, Broken));
            if (settings.SnapshotOnly)
            {
                replay.Do(new ReplayCommand.SwitchStream(SnapshotOnly: true));
            }

            return screen;
        }

        if (settings.Recorder is { } recorder)
        {
            subscriptions.Add(recorder.News.Subscribe(news => terminal.Post(() => screen.Take(news)), Broken));
        }

        Watch(models!, screen, terminal, calls, Broken);
        return screen;
    }

    private void Watch(
        IConnectableObservable<FleetModel> watched, MainScreen screen, ScreenTerminal terminal, TerminalNotifier calls,
        Action<Exception> broken)
    {
        var newest = new Latest<FleetModel>(
            model =>
            {
                screen.Take(new FleetChanged(model));
                if (settings.Mark is { } mark && model.Loops.Any())
                {
                    mark(StartPhases.FirstModel);
                }
            },
            terminal.Post);
        if (desk is { } acting)
        {
            subscriptions.Add(watched.Subscribe(
                model =>
                {
                    if (acting.Record(model) is { } fault)
                    {
                        terminal.Post(() => screen.Take(new ToastRequested(fault, IsFault: true)));
                    }
                },
                broken));
        }

        if (settings.Observe is { } observe)
        {
            subscriptions.Add(watched.Subscribe(observe, broken));
        }

        notifier = Notifier.Start(settings.Notify, watched, broken, calls, terminal.Post, screen.Take, repo => screen.Model.NameOf(repo));
        subscriptions.Add(watched.Subscribe(newest.Offer, broken));
        subscriptions.Add(watched.Connect());
        if (settings.SpriteNews is { } sprites)
        {
            subscriptions.Add(sprites(fleet).Subscribe(news => terminal.Post(() => screen.Take(news)), broken));
        }
    }

    /// <summary>Ends what runs. What the desk began is ended first, while the models are still there.</summary>
    public void Dispose()
    {
        if (desk?.IsExecuting == true)
        {
            settings.Say("waiting for the command that was sent to end …");
        }

        desk?.Dispose();
        if (notifier?.IsRunning == true)
        {
            settings.Say("waiting for the command that notifies to end …");
        }

        notifier?.Dispose();
        subscriptions.Dispose();
        stream.Dispose();
        fleet.Dispose();
        check.Dispose();
        search.Dispose();
        pipeline.Dispose();
    }

    private IReadOnlyList<IModelCheck> Checks(CheckSettings wanted, Reducer folding, Reducer reading) =>
    [
        new ScratchCheck(settings.Sources, folding, reading, settings.Time, wanted.Scratch),
        new SpriteCheck(settings.Sources, wanted.SpriteParity, wanted.Scratch.CatchUp),
        new CommandWatch(wanted.FindCommand),
        .. wanted.Service is { } service ? (IModelCheck[])[service] : [],
    ];

    /// <summary>Those of the replay come first, by their places in it.</summary>
    private IReadOnlyList<RecordingInfo> Recordings()
    {
        var own = settings.Replay?.Recordings ?? [];
        return [.. own, .. settings.Recordings.Where(other => own.All(one => one.Name != other.Name))];
    }

    /// <summary>The model before anything was seen.</summary>
    private AppModel First(string? fallback) => new()
    {
        Keymap = settings.Keymap,
        Theme = settings.Theme,
        ThemeNames = settings.Themes.Names,
        Clock = settings.Time.GetUtcNow(),
        Steady = pipeline.Clock.GetUtcNow(),
        Replay = settings.Replay is { } replay ? NotRead(replay) : null,
        Recordings = Recordings(),
        HasMouse = settings.HasMouse,
        IsPast = settings.IsPast,
        Recorded = settings.Recorder?.Recorded ?? RepoRecording.None,
        IsFleet = settings.SpriteNews is not null,
        Sprites = settings.Sprites,
        Repositories = settings is { SpriteNews: null, Replay: null } ? [.. settings.Sources.Select(static source => source.Repo)] : [],
        Operator = settings.Operator,
        WhyNoControl = settings.Replay is null ? settings.WhyNoControl : Availability.NothingSent,
        Notice = fallback is { } reason ? $"simple terminal: {reason}" : settings.Notice,
        Ui = (settings.Before?.Apply(new UiState()) ?? new UiState()) with { Prompt = settings.OpensList ? ReplayChoices.List : null },
    };

    /// <summary>Where a replay is before anything was read of its first recording.</summary>
    private static ReplayState NotRead(IReplay replay) => new()
    {
        Recording = replay.Recordings is [var first, ..] ? first : new RecordingInfo("", ""),
        Index = 0,
        Count = replay.Recordings.Count,
        RecordedAt = default,
    };

    private ISprite? Sprite(string repo) => sources.OfType<ISprite>().FirstOrDefault(sprite => sprite.Repo == repo);

    private ScreenPorts Ports(ScreenTerminal terminal) => new()
    {
        Lines = settings.Replay is null ? new EventText(sources) : new MomentText(sources),
        Files = new LoopFiles(sources),
        Themes = settings.Themes,
        Search = new LineSearch(sources),
        Replay = settings.Replay,
        SearchScheduler = search,
        Control = desk,
        SwitchStream = settings.Replay is { } replay ? off => replay.Do(new ReplayCommand.SwitchStream(off)) : stream.Set,
        Wake = repo => Sprite(repo)?.Wake(),
        LookAt = loop => Sprite(loop.Repo)?.LookAt(loop.Loop),
        Compare = settings.Compare,
        CompareRuns = settings.CompareRuns,
        WriteReport = settings.WriteReport,
        VerifyByHand = settings.VerifyByHand,
        Record = settings.Recorder is { } recorder ? recorder.Toggle : null,
        KeepCopy = settings.KeepCopy,
        Terminal = terminal,
    };
}
