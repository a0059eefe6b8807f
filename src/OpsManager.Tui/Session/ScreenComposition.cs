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
using OpsManager.Sources.Sprite;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Output;

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
    private readonly IConnectableObservable<FleetModel> models;
    private readonly ControlDesk? desk;
    private readonly CompositeDisposable subscriptions = [];
    private Notifier? notifier;

    public ScreenComposition(ScreenSettings settings)
    {
        this.settings = settings;
        stream = new StreamSwitch(settings.SnapshotOnly, settings.Time);
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
        var newest = new Latest<FleetModel>(model => screen.Take(new FleetChanged(model)), terminal.Post);
        void Broken(Exception error) => terminal.Post(() => throw new InvalidOperationException("the pipeline broke", error));
        if (desk is { } acting)
        {
            subscriptions.Add(models.Subscribe(
                model =>
                {
                    if (acting.Record(model) is { } fault)
                    {
                        terminal.Post(() => screen.Take(new ToastRequested(fault, IsFault: true)));
                    }
                },
                Broken));
        }

        notifier = Notifier.Start(settings.Notify, models, Broken, calls, terminal.Post, screen.Take, repo => screen.Model.NameOf(repo));
        subscriptions.Add(models.Subscribe(newest.Offer, Broken));
        subscriptions.Add(models.Connect());
        if (settings.SpriteNews is { } sprites)
        {
            subscriptions.Add(sprites(fleet).Subscribe(news => terminal.Post(() => screen.Take(news)), Broken));
        }

        return screen;
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

    /// <summary>The model before anything was seen.</summary>
    private AppModel First(string? fallback) => new()
    {
        Keymap = settings.Keymap,
        Theme = settings.Theme,
        ThemeNames = settings.Themes.Names,
        Clock = settings.Time.GetUtcNow(),
        Steady = pipeline.Clock.GetUtcNow(),
        IsDemo = settings.IsDemo,
        IsFleet = settings.SpriteNews is not null,
        Sprites = settings.Sprites,
        Repositories = settings.SpriteNews is null ? [.. settings.Sources.Select(static source => source.Repo)] : [],
        Operator = settings.Operator,
        WhyNoControl = settings.WhyNoControl,
        Notice = fallback is { } reason ? $"simple terminal: {reason}" : settings.Notice,
        Ui = settings.Before?.Apply(new UiState()) ?? new UiState(),
    };

    private ScreenPorts Ports(ScreenTerminal terminal) => new()
    {
        Lines = new EventText(settings.Sources),
        Files = new LoopFiles(settings.Sources),
        Themes = settings.Themes,
        Search = new LineSearch(settings.Sources),
        SearchScheduler = search,
        Control = desk,
        SwitchStream = stream.Set,
        Wake = repo => settings.Sources.OfType<ISprite>().FirstOrDefault(sprite => sprite.Repo == repo)?.Wake(),
        KeepCopy = settings.KeepCopy,
        Terminal = terminal,
    };
}
