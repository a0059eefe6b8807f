using System.Reactive.Concurrency;
using OpsManager.Sources;
using OpsManager.Sources.Local;
using OpsManager.Tui.Session;

namespace OpsManager.Benchmarks.Data;

/// <summary>The world of a screen that is measured: it reads the files of some sources, and does nothing else.</summary>
internal static class QuietPorts
{
    public static ScreenPorts Of(IReadOnlyList<ISource> sources) => new()
    {
        Lines = new EventText(sources),
        Files = new LoopFiles(sources),
        Themes = new ShippedTheme(),
        Search = new LineSearch(sources),
        SearchScheduler = Scheduler.Immediate,
        SwitchStream = static _ => { },
        Wake = static _ => { },
        LookAt = static _ => { },
        KeepCopy = static _ => "",
        Terminal = new ScreenTerminal
        {
            Post = static action => action(),
            After = static (_, _) => { },
            Uptime = static () => TimeSpan.Zero,
            Quit = static () => { },
            LeaveForReplay = static _ => { },
            Suspend = static () => { },
            PaintAnew = static () => { },
            Copy = static _ => true,
            RunPager = static (_, _, _) => null,
        },
    };
}
