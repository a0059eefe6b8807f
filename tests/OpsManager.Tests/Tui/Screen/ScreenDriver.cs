using System.IO.Abstractions;
using OpsManager.Cli;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;
using OpsManager.Tests.Architecture;
using OpsManager.Tests.Tui.Terminal;
using OpsManager.Tui.Keys;
using OpsManager.Tui.Screen;
using OpsManager.Tui.State;
using OpsManager.Tui.Terminal;
using Terminal.Gui.Input;
using Xunit;

namespace OpsManager.Tests.Tui.Screen;

/// <summary>The screen over tapes that stand at a moment, without a terminal and without real time.</summary>
internal sealed class ScreenDriver : IDisposable
{
    private readonly TestScreen terminal;
    private readonly MainScreen screen;

    private ScreenDriver(FleetModel fleet, IReadOnlyList<ISource> sources, int columns, int rows, DateTimeOffset now, ColorDepth depth)
    {
        terminal = new TestScreen(columns, rows, depth);
        screen = new MainScreen(
            new AppModel { Keymap = ShippedFiles.Keymap("default"), Clock = now },
            new EventText(sources),
            ShippedFiles.Theme(depth == ColorDepth.None ? "mono" : "dark"),
            () => HasQuit = true);
        terminal.App.Keyboard.KeyDown += (_, key) => screen.Press(key);
        terminal.Show(screen);
        screen.Take(new FleetChanged(fleet));
        terminal.Loop.Turn();
    }

    public bool HasQuit { get; private set; }

    public string Text => string.Join('\n', terminal.Lines.Select(static line => line.TrimEnd()));

    public AppModel Model => screen.Model;

    /// <summary>Every named tape, each at its moment, as if they were live repositories.</summary>
    public static ScreenDriver At(int columns, int rows, ColorDepth depth, params (string Tape, double Seconds)[] tapes)
    {
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = FleetModel.Empty;
        var sources = new List<ISource>();
        DateTimeOffset now = default;
        foreach (var (name, seconds) in tapes)
        {
            var tape = TapeStore.Read(new FileSystem(), RepoRoot.Of("sample-runs", $"{name}.tape.jsonl"));
            var deck = new TapeDeck(tape, $"/srv/{name}", FollowOptions.Default);
            fleet = reducer.Reduce(fleet, [deck.Opening]);
            while (deck.NextMove <= TimeSpan.FromSeconds(seconds))
            {
                fleet = reducer.Reduce(fleet, deck.Move(deck.NextMove).Seen);
            }

            sources.Add(new StandingSource(deck));
            now = deck.Now;
        }

        return new ScreenDriver(fleet, sources, columns, rows, now, depth);
    }

    public ScreenDriver Press(params string[] keys)
    {
        foreach (var text in keys)
        {
            Assert.True(KeyText.TryParse(text, out Key key), text);
            terminal.Press(key);
        }

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

    /// <summary>The files of a deck that does not move any more.</summary>
    private sealed class StandingSource(TapeDeck deck) : ISource
    {
        public string Repo => deck.Repo;

        public OpsManager.Sources.Files.IRepoFiles Files => deck.Files;

        public IObservable<IReadOnlyList<OpsManager.Core.Observations.Observation>> Observe(System.Reactive.Concurrency.IScheduler scheduler) =>
            System.Reactive.Linq.Observable.Never<IReadOnlyList<OpsManager.Core.Observations.Observation>>();
    }
}
