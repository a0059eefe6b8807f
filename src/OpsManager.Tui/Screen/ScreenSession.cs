using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Control.Act;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Local;
using OpsManager.Sources.Sprite;
using OpsManager.Tui.State;
using OpsManager.Tui.Terminal.Lifetime;

namespace OpsManager.Tui.Screen;

/// <summary>One session of the screen: the pipeline on a thread of its own, the screen on the UI thread, and the newest model between them.</summary>
public sealed class ScreenSession
{
    private readonly ScreenSettings settings;
    private readonly ThreadScheduler pipeline;
    private readonly ThreadScheduler search;
    private readonly ThreadScheduler check;
    private readonly ThreadScheduler fleet;
    private readonly StreamSwitch stream;
    private readonly CompositeDisposable subscriptions;
    private Func<AppModel>? last;
    private ControlDesk? desk;
    private Notifier? notifier;

    private ScreenSession(ScreenSettings settings, ThreadScheduler pipeline, ThreadScheduler search, ThreadScheduler check, ThreadScheduler fleet, StreamSwitch stream, CompositeDisposable subscriptions) =>
        (this.settings, this.pipeline, this.search, this.check, this.fleet, this.stream, this.subscriptions) = (settings, pipeline, search, check, fleet, stream, subscriptions);

    /// <returns>The exit code.</returns>
    /// <exception cref="TerminalUnusableException">There is no terminal to draw on.</exception>
    public static int Run(ScreenSettings settings)
    {
        using var pipeline = new ThreadScheduler("pipeline");
        using var search = new ThreadScheduler("search");
        using var check = new ThreadScheduler("check");
        using var fleet = new ThreadScheduler("fleet");
        using var stream = new StreamSwitch(settings.SnapshotOnly, settings.Time);
        using var subscriptions = new CompositeDisposable();
        var session = new ScreenSession(settings, pipeline, search, check, fleet, stream, subscriptions);
        using var notifying = Disposable.Create(session.LeaveNotifier);
        // The desk goes first of all at the end: what it began is ended while the models are still there.
        using var acting = Disposable.Create(session.LeaveDesk);
        var code = TerminalSession.Run(settings.Terminal, session.Start);
        if (session.last is { } model)
        {
            settings.Session?.Save(SessionState.Of(model(), settings.Terminal.Depth).WithoutUnchosenTheme(settings.Theme.Name, settings.Before));
        }

        return code;
    }

    private void LeaveDesk()
    {
        if (desk?.IsExecuting == true)
        {
            settings.Say("waiting for the command that was sent to end …");
        }

        desk?.Dispose();
    }

    private void LeaveNotifier()
    {
        if (notifier?.IsRunning == true)
        {
            settings.Say("waiting for the command that notifies to end …");
        }

        notifier?.Dispose();
    }

    private MainScreen Start(TerminalHost host)
    {
        var start = new AppModel
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
            Notice = host.FallbackReason is { } reason ? $"simple terminal: {reason}" : settings.Notice,
            Ui = settings.Before?.Apply(new UiState()) ?? new UiState(),
        };
        var text = new EventText(settings.Sources);
        var started = settings.Time.GetTimestamp();
        var models = Pipeline.Models(settings.Sources, settings.Reducer, pipeline, stream.Observations, Checks).Replay(1);
        desk = settings.Control?.Invoke(models);
        var screen = new MainScreen(start, new ScreenPorts
        {
            Lines = text,
            Files = new LoopFiles(settings.Sources),
            Themes = settings.Themes,
            Search = new LineSearch(settings.Sources),
            SearchScheduler = search,
            Post = host.Loop.Post,
            After = (delay, action) => host.Application.AddTimeout(delay, () =>
            {
                action();
                return false;
            }),
            Uptime = () => settings.Time.GetElapsedTime(started),
            Control = desk,
            SwitchStream = stream.Set,
            Wake = repo => settings.Sources.OfType<ISprite>().FirstOrDefault(sprite => sprite.Repo == repo)?.Wake(),
            Quit = () => host.Quit(),
            Suspend = host.Suspend,
            PaintAnew = host.PaintAnew,
            Copy = host.Clipboard.Copy,
            KeepCopy = settings.KeepCopy,
            RunPager = (repo, path, line) => RunPager(host, repo, path, line),
        });
        last = () => screen.Model;
        host.Application.Keyboard.KeyDown += (_, key) => screen.Press(key);
        host.Application.Paste += (_, paste) =>
        {
            paste.Handled = true;
            screen.Paste(paste.Text);
        };
        // Keys are answered at once all the same: the gap is between pictures of what comes from outside.
        host.Loop.FrameGap = TimeSpan.FromMilliseconds(50);
        host.SetTitle(settings.Title);
        Tick(host, screen);
        var newest = new Latest<FleetModel>(fleet => screen.Take(new FleetChanged(fleet)), host.Loop.Post);
        void Broken(Exception error) => host.Loop.Post(() => throw new InvalidOperationException("the pipeline broke", error));
        if (desk is { } acting)
        {
            subscriptions.Add(models.Subscribe(
                fleet =>
                {
                    if (acting.Look(fleet) is { } fault)
                    {
                        host.Loop.Post(() => screen.Take(new Told(fault, IsFault: true)));
                    }
                },
                Broken));
        }

        notifier = Notifier.Start(settings.Notify, models, Broken, host.Notifier(settings.Notify.Terminal, settings.Time), host.Loop.Post, screen.Take, repo => screen.Model.NameOf(repo));
        subscriptions.Add(models.Subscribe(newest.Offer, Broken));
        subscriptions.Add(models.Connect());
        if (settings.SpriteNews is { } sprites)
        {
            subscriptions.Add(sprites(fleet).Subscribe(news => host.Loop.Post(() => screen.Take(news)), Broken));
        }

        return screen;
    }

    private IObservable<IReadOnlyList<Observation>> Checks(IObservable<FleetModel> models) =>
        settings.Checks.Select(one => one.Observe(models, check)).Merge();

    private string? RunPager(TerminalHost host, string repo, string path, int? line)
    {
        if (!host.CanLend)
        {
            return "the simple terminal cannot be lent to another program";
        }

        string? fault = null;
        host.Lend(() => fault = settings.RunPager(repo, path, line));
        return fault;
    }

    /// <summary>One message a second, as close to the full second as timers are, so that the clock does not skip.</summary>
    private void Tick(TerminalHost host, MainScreen shown)
    {
        TimeSpan ToNextSecond() => TimeSpan.FromMilliseconds(1001 - settings.Time.GetUtcNow().Millisecond);
        bool Ticked()
        {
            shown.Take(new ClockTicked(settings.Time.GetUtcNow(), pipeline.Clock.GetUtcNow()));
            host.Application.AddTimeout(ToNextSecond(), Ticked);
            return false;
        }

        host.Application.AddTimeout(ToNextSecond(), Ticked);
    }
}
