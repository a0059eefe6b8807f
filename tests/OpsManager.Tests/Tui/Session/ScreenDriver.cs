using System.IO.Abstractions;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Control.Act;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;
using OpsManager.Tests.Tui.Terminal;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Session;

/// <summary>The screen over tapes that stand at a moment, without a terminal and without real time.</summary>
internal sealed class ScreenDriver : IDisposable
{
    private static readonly Reducer Fold = new(FoldOptions.Default);

    private readonly TestScreen terminal;
    private readonly List<ISource> sources;
    private readonly MainScreen screen;
    private readonly StandingThemes themes = new();
    private readonly CountedText lines;
    private readonly OperatorTime operatorTime = new();

    private ScreenDriver(
        FleetModel fleet, List<ISource> sources, int columns, int rows, DateTimeOffset now, ColorDepth depth, string keymap,
        params string[] repositories)
    {
        this.sources = sources;
        terminal = new TestScreen(columns, rows, depth);
        lines = new CountedText(new EventText(sources));
        screen = new MainScreen(
            new AppModel
            {
                Keymap = KeymapCatalog.Shipped(keymap),
                Clock = now,
                Theme = themes.Load(depth == ColorDepth.None ? "mono" : "dark"),
                ThemeNames = themes.Names,
                Repositories = [.. repositories]
            },
            new ScreenPorts
            {
                Lines = lines,
                Files = new LoopFiles(sources),
                Themes = themes,
                Search = new LineSearch(sources),
                SearchScheduler = System.Reactive.Concurrency.Scheduler.Immediate,
                SwitchStream = off => SwitchedTo = off,
                Wake = repo => Woken = repo,
                LookAt = static _ => { },
                Record = repo => Recorded = repo,
                CompareRuns = static (_, _) => new TaskCompletionSource<IReadOnlyList<string>>().Task,
                VerifyByHand = (_, loop, intent, _) => Task.FromResult(
                    new ControlResult(null, new Outcome.Unknown($"{intent.Word} of {loop} has no evidence"), Replayed: false)),
                WriteReport = static (_, _, _) => Task.FromResult("/kept/report.html"),
                KeepCopy = text =>
                {
                    Copied = text;
                    return "/kept/copied.txt";
                },
                Terminal = new ScreenTerminal
                {
                    Post = static action => action(),
                    After = operatorTime.After,
                    Uptime = () => operatorTime.Uptime,
                    Quit = () => HasQuit = true,
                    LeaveForReplay = name => AskedFor = name,
                    LeaveForPast = run => AskedForPast = run,
                    Suspend = () => Suspended++,
                    PaintAnew = () => Painted++,
                    Copy = text => text.Length <= 4000 && (Copied = text) is not null,
                    RunPager = (repo, path, line) =>
                    {
                        Paged = (repo, path, line);
                        return null;
                    },
                },
            });
        terminal.App.Keyboard.KeyDown += (_, key) => screen.Press(key);
        terminal.Show(screen);
        screen.Take(new FleetChanged(fleet));
        terminal.Loop.Turn();
    }

    /// <summary>How many lines of logs were read to be shown.</summary>
    public int LinesRead => lines.Count;

    public bool HasQuit { get; private set; }

    /// <summary>The recording that the session was left for.</summary>
    public string? AskedFor { get; private set; }

    /// <summary>The run whose past the session was left for.</summary>
    public LoopKey? AskedForPast { get; private set; }

    /// <summary>The repository that was to be recorded, or no longer.</summary>
    public string? Recorded { get; private set; }

    public bool? SwitchedTo { get; private set; }

    /// <summary>The repository whose sprite was asked for last.</summary>
    public string? Woken { get; private set; }

    public int Suspended { get; private set; }

    public int Painted { get; private set; }

    public string? Copied { get; private set; }

    public (string Repo, string Path, int? Line)? Paged { get; private set; }

    public string Text => string.Join('\n', terminal.Lines.Select(static line => line.TrimEnd()));

    public AppModel Model => screen.Model;

    /// <summary>The text, and under it which style each cell has: a letter for each, with a legend.</summary>
    public string Styled => terminal.Styled;

    /// <summary>Every named tape, each at its moment, as if they were live repositories.</summary>
    public static ScreenDriver At(int columns, int rows, ColorDepth depth, params (string Tape, double Seconds)[] tapes) =>
        At(columns, rows, depth, "default", tapes);

    /// <summary>Repositories that have not said anything yet.</summary>
    public static ScreenDriver Watching(int columns, int rows, params string[] repositories) =>
        new(FleetModel.Empty, [], columns, rows, default, ColorDepth.None, "default", repositories);

    /// <summary>A tape at its moment, of which the screen believes that it is no replay.</summary>
    /// <param name="command">What a search for the runtime's command has found; null for the repository's own.</param>
    public static ScreenDriver Live(
        int columns, int rows, string tape, double seconds, ColorDepth depth = ColorDepth.True, CommandSearch? command = null)
    {
        var driver = At(columns, rows, depth, (tape, seconds));
        var repo = driver.Model.Fleet.Repos.Values.Single();
        var live = repo with { Replay = null, Command = command ?? Own(repo.Path) };
        driver.screen.Take(new FleetChanged(driver.Model.Fleet with { Repos = driver.Model.Fleet.Repos.SetItem(repo.Path, live) }));
        driver.terminal.Loop.Turn();
        return driver;
    }

    private static CommandSearch Own(string repo) =>
        CommandSearch.Found(new RuntimeCommand($"{repo}/superloop.sh", "the repository's superloop.sh"));

    public static ScreenDriver At(int columns, int rows, ColorDepth depth, string keymap, params (string Tape, double Seconds)[] tapes)
    {
        var fleet = FleetModel.Empty;
        var sources = new List<ISource>();
        DateTimeOffset now = default;
        foreach (var (name, seconds) in tapes)
        {
            (fleet, now) = Play(fleet, sources, name, seconds);
        }

        return new ScreenDriver(fleet, sources, columns, rows, now, depth, keymap);
    }

    /// <summary>A long run and one that has failed.</summary>
    public static ScreenDriver Rich(int columns = 140, int rows = 45) =>
        At(columns, rows, ColorDepth.True, ("tokens-and-logs", 300), ("role-fails", 8));

    /// <summary>Another tape joins what is watched.</summary>
    public ScreenDriver Add(string tape, double seconds)
    {
        screen.Take(new FleetChanged(Play(screen.Model.Fleet, sources, tape, seconds).Fleet));
        terminal.Loop.Turn();
        return this;
    }

    /// <summary>The tape goes on to another moment.</summary>
    public ScreenDriver Advance(string tape, double seconds)
    {
        var source = sources.OfType<StandingSource>().Single(source => source.Repo == $"/srv/{tape}");
        var fleet = screen.Model.Fleet;
        while (source.Deck.NextMove <= TimeSpan.FromSeconds(seconds))
        {
            fleet = Fold.Reduce(fleet, source.Deck.Move(source.Deck.NextMove).Seen);
        }

        screen.Take(new FleetChanged(fleet));
        terminal.Loop.Turn();
        return this;
    }

    /// <summary>Asks for an action as its key would.</summary>
    public ScreenDriver Ask(ActionId action)
    {
        screen.Take(new Asked(action));
        terminal.Loop.Turn();
        return this;
    }

    /// <summary>A message as what stands beside the screen would send it.</summary>
    public ScreenDriver Send(Message message)
    {
        screen.Take(message);
        terminal.Loop.Turn();
        return this;
    }

    /// <summary>Observations as a source would make them.</summary>
    public void Take(params Observation[] seen)
    {
        screen.Take(new FleetChanged(Fold.Reduce(screen.Model.Fleet, seen)));
        terminal.Loop.Turn();
    }

    public ScreenDriver Press(params string[] keys)
    {
        terminal.Press([.. keys.Select(LibraryKey.Read)]);
        return this;
    }

    /// <summary>Types text into the prompt, key by key.</summary>
    public ScreenDriver Type(string text)
    {
        terminal.Type(text);
        return this;
    }

    public ScreenDriver Paste(string text)
    {
        screen.Paste(text);
        terminal.Loop.Turn();
        return this;
    }

    /// <summary>Lets the clock go on, and what is due happen.</summary>
    public ScreenDriver Wait(double seconds)
    {
        operatorTime.Pass(seconds);
        screen.Take(new ClockTicked(screen.Model.Clock + TimeSpan.FromSeconds(seconds)));
        terminal.Loop.Turn();
        return this;
    }

    /// <summary>Chooses a run by its name, as it stands in the list.</summary>
    public ScreenDriver Select(string run)
    {
        Press("1", "g");
        for (var i = 0; i < Model.Lists.Choices.Count && (Model.Current is not { } shown || Model.NameOf(shown) != run); i++)
        {
            Press("j");
        }

        Assert.Equal(run, Model.NameOf(Model.Current!));
        return this;
    }

    public ScreenDriver Expect(string text)
    {
        Assert.Contains(text, Text, StringComparison.Ordinal);
        return this;
    }

    public ScreenDriver ExpectNot(string text)
    {
        Assert.DoesNotContain(text, Text, StringComparison.Ordinal);
        return this;
    }

    public ScreenDriver Resize(int columns, int rows)
    {
        terminal.App.Driver!.SetScreenSize(columns, rows);
        terminal.Loop.Turn();
        return this;
    }

    public void Dispose()
    {
        terminal.Dispose();
        screen.Dispose();
    }

    private static (FleetModel Fleet, DateTimeOffset Now) Play(FleetModel fleet, List<ISource> sources, string name, double seconds)
    {
        var tape = TapeStore.Read(new FileSystem(), RepoRoot.Combine("sample-runs", $"{name}.tape.jsonl"));
        var deck = new TapeDeck(tape, $"/srv/{name}", FollowOptions.Default);
        fleet = Fold.Reduce(fleet, [deck.Opening]);
        while (deck.NextMove <= TimeSpan.FromSeconds(seconds))
        {
            fleet = Fold.Reduce(fleet, deck.Move(deck.NextMove).Seen);
        }

        sources.Add(new StandingSource(deck));
        return (fleet, deck.Now);
    }

    private sealed class CountedText(IEventText text) : IEventText
    {
        public int Count { get; private set; }

        public IReadOnlyList<EventLine> Read(LoopModel loop, int from, int to)
        {
            Count += to - from;
            return text.Read(loop, from, to);
        }

        public string? Raw(LoopModel loop, int row) => text.Raw(loop, row);
    }

    /// <summary>The shipped themes.</summary>
    private sealed class StandingThemes : IThemeSource
    {
        public IReadOnlyList<string> Names { get; } = ["colour-blind", "dark", "high-contrast", "light", "mono", "sixteen"];

        public Theme Load(string name) => ThemeCatalog.Shipped(name);

        public bool Changed(string name) => false;
    }

    /// <summary>The files of a deck that does not move any more.</summary>
    private sealed class StandingSource(TapeDeck deck) : ISource
    {
        public TapeDeck Deck => deck;

        public string Repo => deck.Repo;

        public OpsManager.Sources.Files.IRepoFiles Files => deck.Files;

        public IObservable<IReadOnlyList<Observation>> Observe(System.Reactive.Concurrency.IScheduler scheduler) =>
            System.Reactive.Linq.Observable.Never<IReadOnlyList<Observation>>();
    }
}
