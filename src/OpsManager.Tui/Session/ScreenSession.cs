using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Lifetime;

namespace OpsManager.Tui.Session;

/// <summary>One session of the screen on a terminal: its keys, its clock and its window, until the operator leaves.</summary>
public sealed class ScreenSession
{
    private readonly SessionSettings settings;
    private readonly ScreenComposition composition;
    private Func<AppModel>? last;
    private string? replay;
    private (string Repo, string Loop)? past;

    private ScreenSession(SessionSettings settings, ScreenComposition composition) =>
        (this.settings, this.composition) = (settings, composition);

    /// <exception cref="TerminalUnusableException">There is no terminal to draw on.</exception>
    public static ScreenEnd Run(SessionSettings settings)
    {
        using var composition = new ScreenComposition(settings.Screen);
        var session = new ScreenSession(settings, composition);
        var code = TerminalSession.Run(session.Watched(settings.Terminal), session.Start);
        if (session.last is { } model)
        {
            var state = SessionState.From(model(), settings.Terminal.Depth);
            settings.Store?.Save(state.WithoutUnchosenTheme(settings.Screen.Theme.Name, settings.Screen.Before));
        }

        return new ScreenEnd(code, session.replay, session.past);
    }

    /// <summary>The first picture with a loop in it is the first that is sent after the screen has taken a model with one.</summary>
    private TerminalOptions Watched(TerminalOptions options)
    {
        if (settings.Screen.Mark is not { } mark)
        {
            return options;
        }

        void Sent()
        {
            mark(StartPhases.FirstByte);
            if (last is { } model && model().Fleet.Loops.Any())
            {
                mark(StartPhases.FirstFullFrame);
            }
        }

        return options with { Sent = Sent };
    }

    private MainScreen Start(TerminalHost host)
    {
        settings.Screen.Mark?.Invoke(StartPhases.TerminalTaken);
        var time = settings.Screen.Time;
        var started = time.GetTimestamp();
        var terminal = new ScreenTerminal
        {
            Post = host.Loop.Post,
            After = (delay, action) => host.Application.AddTimeout(delay, () =>
            {
                action();
                return false;
            }),
            Uptime = () => time.GetElapsedTime(started),
            Quit = () => host.Quit(),
            LeaveForReplay = name =>
            {
                replay = name;
                host.Quit();
            },
            LeaveForPast = run =>
            {
                past = (run.Repo, run.Loop);
                host.Quit();
            },
            Suspend = host.Suspend,
            PaintAnew = host.PaintAnew,
            Copy = host.Clipboard.Copy,
            RunPager = (repo, path, line) => RunPager(host, repo, path, line),
        };
        var screen = composition.Start(terminal, host.Notifier(settings.Screen.Notify.Terminal, time), host.FallbackReason);
        last = () => screen.Model;
        host.Application.Keyboard.KeyDown += (_, key) => screen.Press(key);
        host.MouseUsed = screen.Use;
        host.Application.Paste += (_, paste) =>
        {
            paste.Handled = true;
            screen.Paste(paste.Text);
        };
        // Keys are answered at once all the same: the gap is between pictures of what comes from outside.
        host.Loop.FrameGap = TimeSpan.FromMilliseconds(50);
        host.SetTitle(settings.Title);
        Tick(host, screen);
        return screen;
    }

    private string? RunPager(TerminalHost host, string repo, string path, int? line)
    {
        if (!host.CanLend)
        {
            return "the simple terminal cannot start another program";
        }

        string? fault = null;
        host.Lend(() => fault = settings.RunPager(repo, path, line));
        return fault;
    }

    /// <summary>One message a second, as close to the full second as timers are, so that the clock does not skip.</summary>
    private void Tick(TerminalHost host, MainScreen shown)
    {
        var time = settings.Screen.Time;
        TimeSpan ToNextSecond() => TimeSpan.FromMilliseconds(1001 - time.GetUtcNow().Millisecond);
        bool Ticked()
        {
            shown.Take(new ClockTicked(time.GetUtcNow(), composition.Clock.GetUtcNow()));
            host.Application.AddTimeout(ToNextSecond(), Ticked);
            return false;
        }

        host.Application.AddTimeout(ToNextSecond(), Ticked);
    }
}
