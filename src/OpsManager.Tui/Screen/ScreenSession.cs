using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Local;
using OpsManager.Tui.State;
using OpsManager.Tui.Terminal;

namespace OpsManager.Tui.Screen;

/// <summary>One session of the screen: the pipeline on a thread of its own, the screen on the UI thread, and the newest model between them.</summary>
public static class ScreenSession
{
    /// <returns>The exit code.</returns>
    /// <exception cref="TerminalUnusableException">There is no terminal to draw on.</exception>
    public static int Run(ScreenSettings settings)
    {
        using var scheduler = new EventLoopScheduler(static start => new Thread(start) { IsBackground = true, Name = "pipeline" });
        using var subscriptions = new CompositeDisposable();
        return TerminalSession.Run(settings.Terminal, host => Start(settings, host, scheduler, subscriptions));
    }

    private static MainScreen Start(ScreenSettings settings, TerminalHost host, EventLoopScheduler scheduler, CompositeDisposable subscriptions)
    {
        var start = new AppModel
        {
            Keymap = settings.Keymap,
            Clock = settings.Time.GetUtcNow(),
            IsDemo = settings.IsDemo,
            Notice = host.FallbackReason is { } reason ? string.Join(" · ", new[] { $"simple terminal: {reason}", settings.Notice }.OfType<string>()) : settings.Notice,
        };
        var screen = new MainScreen(start, new EventText(settings.Sources), settings.Theme, () => host.Quit());
        host.Application.Keyboard.KeyDown += (_, key) => screen.Press(key);
        Tick(settings, host, screen);
        var newest = new Latest<FleetModel>(fleet => screen.Take(new FleetChanged(fleet)), host.Loop.Post);
        subscriptions.Add(Pipeline.Models(settings.Sources, settings.Reducer, scheduler).Subscribe(
            newest.Offer,
            error => host.Loop.Post(() => throw new InvalidOperationException("the pipeline broke", error))));
        return screen;
    }

    /// <summary>One message a second, as close to the full second as timers are, so that the clock does not skip.</summary>
    private static void Tick(ScreenSettings settings, TerminalHost host, MainScreen screen)
    {
        TimeSpan ToNextSecond() => TimeSpan.FromMilliseconds(1001 - settings.Time.GetUtcNow().Millisecond);
        bool Ticked()
        {
            screen.Take(new ClockTicked(settings.Time.GetUtcNow()));
            host.Application.AddTimeout(ToNextSecond(), Ticked);
            return false;
        }

        host.Application.AddTimeout(ToNextSecond(), Ticked);
    }
}
