using System.Collections.Immutable;
using System.Globalization;
using OpsManager.Benchmarks.Data;
using OpsManager.Benchmarks.Screen;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Core.Reports;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.Drivers;

namespace OpsManager.Benchmarks.Fleet;

/// <summary>
/// The screen over a large fleet that is in memory: what a model and a key cost, from the message to the bytes. In processor time of the
/// whole process, so that a machine that is shared tells the same.
/// </summary>
internal static class ListMeasures
{
    private const int Warm = 10;
    private const int Rounds = 60;

    public static void Run(int sprites, int loops, TextWriter output)
    {
        var fleet = new ListedFleet(sprites, loops);
        foreach (var isFolded in new[] { false, true })
        {
            Screen(fleet, isFolded, output);
        }

        var before = fleet.Fleet;
        Measured(output, "notices of one model", Rounds, () => fleet.Move(1), after =>
        {
            Notices.Between(before, after);
            before = after;
        });
    }

    private static void Screen(ListedFleet fleet, bool isFolded, TextWriter output)
    {
        using var run = new ListScreen(fleet, isFolded);
        var kind = isFolded ? "folded, " : "";
        void Frames(string name, Func<Message> make) => Measured(output, kind + name, Rounds, make, run.Take);
        void Key(string name, params ActionId[] actions)
        {
            var next = 0;
            Frames(name, () => new Asked(actions[next++ % actions.Length]));
        }

        Frames("one loop moved", () => new FleetChanged(fleet.Move(1)));
        Frames("1,000 loops moved", () => new FleetChanged(fleet.Move(1000)));
        Frames("nothing moved, all looked at", () => new FleetChanged(fleet.Tick()));
        Frames("clock", () => new ClockTicked(run.Clock + TimeSpan.FromSeconds(1)));
        Key("move", ActionId.MoveDown, ActionId.MoveDown, ActionId.MoveUp);
        Key("page", ActionId.PageDown, ActionId.PageDown, ActionId.PageUp);
        Key("sort", ActionId.Sort);
        run.Take(new Asked(ActionId.MoveToTop));
        Key("fold", ActionId.Pause);
        Filter(output, kind, run, fleet);
    }

    /// <summary>Three letters that are typed and deleted again, and a model that comes while the filter is on.</summary>
    private static void Filter(TextWriter output, string kind, ListScreen run, ListedFleet fleet)
    {
        var (typed, deleted, moved, left) = (new Figures(), new Figures(), new Figures(), new Figures());
        for (var round = 0; round < Rounds / 3; round++)
        {
            run.Take(new Asked(ActionId.Filter));
            foreach (var letter in new[] { "0", "0", "1" })
            {
                Add(typed, () => run.Take(new Typed(letter)));
            }

            var next = new FleetChanged(fleet.Move(1));
            Add(moved, () => run.Take(next));
            Add(deleted, () => run.Take(new Asked(ActionId.DeleteBack)));
            Add(deleted, () => run.Take(new Asked(ActionId.DeleteBack)));
            Add(left, () => run.Take(new Asked(ActionId.Cancel)));
        }

        Say(output, kind + "filter, a letter typed", typed);
        Say(output, kind + "filter, a letter deleted", deleted);
        Say(output, kind + "filter, one loop moved", moved);
        Say(output, kind + "filter, left", left);
    }

    private static void Add(Figures figures, Action work)
    {
        var start = Environment.CpuUsage.TotalTime;
        work();
        figures.Add((Environment.CpuUsage.TotalTime - start).TotalMilliseconds);
    }

    private static void Measured<T>(TextWriter output, string name, int rounds, Func<T> make, Action<T> take)
    {
        var (times, bytes) = (new Figures(), 0L);
        for (var round = -Warm; round < rounds; round++)
        {
            var made = make();
            var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
            take(made);
            var took = Environment.CpuUsage.TotalTime - start;
            if (round >= 0)
            {
                times.Add(took.TotalMilliseconds);
                bytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
            }
        }

        Say(output, name, times, bytes / rounds);
    }

    private static void Say(TextWriter output, string name, Figures times, long? bytes = null)
    {
        var made = bytes is { } count ? string.Create(CultureInfo.InvariantCulture, $", {count / 1024} KiB") : "";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"list     {name}: {times.Median:0.00} ms median, {times.At(0.95):0.00} ms p95{made}"));
    }

    /// <summary>A screen of 160x45 whose terminal keeps nothing.</summary>
    private sealed class ListScreen : IDisposable
    {
        private readonly SynchronizationContext? before = SynchronizationContext.Current;
        private readonly UiLoop loop;
        private readonly MainScreen screen;

        public ListScreen(ListedFleet fleet, bool isFolded)
        {
            var port = new SinkPort(160, 45);
            var application = ApplicationFactory.Create(static () => new AnsiInput(), new DiffOutput(port, ColorDepth.True)).Application;
            loop = new UiLoop(application);
            var runs = new RunsState { Folded = isFolded ? [.. fleet.Fleet.Repos.Keys] : ImmutableHashSet<string>.Empty };
            screen = new MainScreen(
                new AppModel
                {
                    Keymap = KeymapCatalog.Shipped("default"),
                    Clock = WatchedLog.Now,
                    Theme = ThemeCatalog.Shipped("dark"),
                    ThemeNames = ["dark"],
                    IsFleet = true,
                    Sprites = fleet.Sprites,
                    Ui = new UiState { Runs = runs },
                },
                QuietPorts.Of([]));
            application.Begin(screen);
            SynchronizationContext.SetSynchronizationContext(before);
            loop.Turn();
            Take(new FleetChanged(fleet.Fleet));
        }

        public DateTimeOffset Clock => screen.Model.Clock;

        public void Take(Message message)
        {
            screen.Take(message);
            loop.Turn();
        }

        public void Dispose()
        {
            screen.Dispose();
            loop.Dispose();
        }
    }
}
