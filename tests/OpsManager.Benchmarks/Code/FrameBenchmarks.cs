using BenchmarkDotNet.Attributes;
using OpsManager.Benchmarks.Data;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Timeline;
using Terminal.Gui.Drivers;

namespace OpsManager.Benchmarks.Code;

/// <summary>A whole frame at 160x45, from the message to the bytes: a page of the timeline, a row of it, and the clock.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private WatchedLog watched = null!;
    private readonly SinkPort port = new(160, 45);
    private readonly SynchronizationContext? before = SynchronizationContext.Current;
    private UiLoop? loop;
    private MainScreen? screen;
    private bool back;

    [GlobalSetup]
    public void Setup()
    {
        watched = new WatchedLog(20_000);
        var application = ApplicationFactory.Create(static () => new AnsiInput(), new DiffOutput(port, ColorDepth.True)).Application;
        loop = new UiLoop(application);
        screen = new MainScreen(
            new AppModel
            {
                Keymap = KeymapCatalog.Shipped("default"),
                Clock = WatchedLog.Now,
                Theme = ThemeCatalog.Shipped("dark"),
                ThemeNames = ["dark"]
            },
            QuietPorts.Of(watched.Sources));
        application.Begin(screen);
        SynchronizationContext.SetSynchronizationContext(before);
        loop.Turn();
        screen.Take(new FleetChanged(watched.Fleet));
        screen.Take(new Asked(ActionId.ShowTimeline));
        loop.Turn();
    }

    [Benchmark]
    public long Page() => Frame(new Asked((back = !back) ? ActionId.PageUp : ActionId.PageDown));

    [Benchmark]
    public long Row() => Frame(new Asked((back = !back) ? ActionId.MoveUp : ActionId.MoveDown));

    [Benchmark]
    public long Clock() => Frame(new ClockTicked(screen!.Model.Clock + TimeSpan.FromSeconds(1)));

    [Benchmark]
    public int ComposeTimeline() => Composed(screen!.Model).Rows.Count;

    [Benchmark]
    public int ComposeStrip() => DensityStrip.Compose(watched.Loop, 115).Spans.Count;

    [GlobalCleanup]
    public void Cleanup()
    {
        screen?.Dispose();
        loop?.Dispose();
        watched.Dispose();
    }

    private static PaneContent Composed(AppModel model) =>
        TimelineView.Compose(model, model.Ui.Timeline, model.Layout.Timeline, null, 115);

    private long Frame(Message message)
    {
        screen!.Take(message);
        loop!.Turn();
        return port.Bytes;
    }
}
