using System.Reactive.Concurrency;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Core.Model;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tests.Tui.Terminal;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Replay;

/// <summary>The screen over recordings, without a terminal and without real time. It waits at the start of the first one.</summary>
internal sealed class ReplayScreen : IDisposable
{
    private readonly HistoricalScheduler time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly OperatorTime operatorTime = new();
    private readonly TestScreen terminal;
    private readonly MainScreen screen;
    private readonly ReplayPlayer player;
    private readonly IDisposable watching;
    private ReplayFrame? waiting;

    public ReplayScreen(int columns, int rows, params string[] tapes)
        : this(columns, rows, ColorDepth.True, [.. tapes.Select(static name => new RecordingInfo(name, SampleTape.Read(name).Title))])
    {
    }

    public ReplayScreen(int columns, int rows, ColorDepth depth, params RecordingInfo[] recordings)
        : this(columns, rows, depth, new ReplayOptions { IsPlaying = false }, recordings)
    {
    }

    private ReplayScreen(int columns, int rows, ColorDepth depth, ReplayOptions options, RecordingInfo[] recordings, bool isPast = false)
    {
        player = new ReplayPlayer(
            [.. recordings.Select(static info => new RecordingEntry(info, () => SampleTape.Read(info.Name)))], options);
        terminal = new TestScreen(columns, rows, depth);
        screen = new MainScreen(First(depth) with { IsPast = isPast }, Ports());
        terminal.App.Keyboard.KeyDown += (_, key) => screen.Press(key);
        terminal.Show(screen);
        watching = player.Observe(time).Subscribe(frame => waiting = frame);
        Pass(1);
    }

    /// <summary>A tour of recordings, which plays from the start.</summary>
    public static ReplayScreen Tour(int columns, int rows, params string[] tapes) => new(
        columns, rows, ColorDepth.True, new ReplayOptions { IsTour = true },
        [.. tapes.Select(static name => new RecordingInfo(name, SampleTape.Read(name).Title))]);

    /// <summary>What was kept of a live session, at its start.</summary>
    public static ReplayScreen Past(int columns, int rows, string tape) => new(
        columns, rows, ColorDepth.True, new ReplayOptions { IsPlaying = false },
        [new RecordingInfo(tape, SampleTape.Read(tape).Title)], isPast: true);

    public bool HasQuit { get; private set; }

    public string? AskedFor { get; private set; }

    public string? Copied { get; private set; }

    public AppModel Model => screen.Model;

    public ReplayState State => Model.Replay!;

    public string Text => string.Join('\n', terminal.Lines.Select(static line => line.TrimEnd()));

    public string Line(int row) => terminal.Lines[row].TrimEnd();

    /// <summary>The text, and under it which style each cell has.</summary>
    public string Styled => terminal.Styled;

    public ReplayScreen Press(params string[] keys)
    {
        foreach (var key in keys)
        {
            terminal.Press(LibraryKey.Read(key));
            Pass(0.001);
        }

        return this;
    }

    public ReplayScreen Type(string text)
    {
        terminal.Type(text);
        Pass(0.001);
        return this;
    }

    /// <summary>Lets the recording play, and shows the newest moment of it.</summary>
    public ReplayScreen Pass(double seconds)
    {
        time.AdvanceBy(TimeSpan.FromSeconds(seconds));
        if (Interlocked.Exchange(ref waiting, null) is { } frame)
        {
            screen.Take(new ReplayChanged(frame.Fleet, frame.State));
        }

        terminal.Loop.Turn();
        return this;
    }

    /// <summary>Lets the operator's time pass: words go, and the list of runs is in order again.</summary>
    public ReplayScreen Wait(double seconds)
    {
        operatorTime.Pass(seconds);
        return Send(new ClockTicked(Model.Clock + TimeSpan.FromSeconds(seconds)));
    }

    /// <summary>The same moment, of which more or something else is known.</summary>
    public ReplayScreen Know(Func<ReplayState, ReplayState> change) => Send(new ReplayChanged(Model.Fleet, change(State)));

    public ReplayScreen Show(FleetModel fleet) => Send(new ReplayChanged(fleet, State));

    public ReplayScreen Send(Message message)
    {
        screen.Take(message);
        terminal.Loop.Turn();
        return this;
    }

    public ReplayScreen Expect(string text)
    {
        Assert.Contains(text, Text, StringComparison.Ordinal);
        return this;
    }

    public ReplayScreen ExpectNot(string text)
    {
        Assert.DoesNotContain(text, Text, StringComparison.Ordinal);
        return this;
    }

    public void Dispose()
    {
        watching.Dispose();
        player.Dispose();
        terminal.Dispose();
        screen.Dispose();
    }

    private AppModel First(ColorDepth depth) => new()
    {
        Keymap = KeymapCatalog.Shipped("default"),
        Clock = new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero),
        Theme = ThemeCatalog.Shipped(depth == ColorDepth.None ? "mono" : "dark"),
        WhyNoControl = Availability.NothingSent,
        Recordings = player.Recordings,
        Replay = new ReplayState
        {
            Recording = player.Recordings[0],
            Index = 0,
            Count = player.Recordings.Count,
            RecordedAt = default,
        },
    };

    private ScreenPorts Ports() => new()
    {
        Lines = new MomentText(player.Sources),
        Files = new LoopFiles(player.Sources),
        Themes = new OneTheme(),
        Search = new LineSearch(player.Sources),
        SearchScheduler = Scheduler.Immediate,
        Replay = player,
        SwitchStream = off => player.Do(new ReplayCommand.SwitchStream(off)),
        Wake = static _ => { },
        LookAt = static _ => { },
        KeepCopy = static _ => "",
        Terminal = new ScreenTerminal
        {
            Post = static action => action(),
            After = operatorTime.After,
            Uptime = () => operatorTime.Uptime,
            Quit = () => HasQuit = true,
            LeaveForReplay = name => AskedFor = name,
            Suspend = static () => { },
            PaintAnew = static () => { },
            Copy = text => (Copied = text) is not null,
            RunPager = static (_, _, _) => null,
        },
    };

    private sealed class OneTheme : IThemeSource
    {
        public IReadOnlyList<string> Names => ["dark"];

        public Theme Load(string name) => ThemeCatalog.Shipped(name);

        public bool Changed(string name) => false;
    }
}
