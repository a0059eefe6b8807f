namespace OpsManager.EndToEnd.Pty;

/// <summary>A command in a tmux of its own: what an operator sees, as text.</summary>
public sealed class TmuxScreen : IAsyncDisposable
{
    // How often the screen is looked at while waiting; tmux has no way to tell.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);

    private readonly string socket = $"e2e-{Environment.ProcessId}-{Guid.NewGuid():N}";

    private TmuxScreen()
    {
    }

    /// <summary>Starts <paramref name="command"/>, a line for sh; skips the test where tmux is missing.</summary>
    public static async Task<TmuxScreen> StartAsync(
        string command, int columns, int rows, CancellationToken cancel, IReadOnlyDictionary<string, string?>? environment = null)
    {
        Tool.Require("tmux");
        var screen = new TmuxScreen();
        await Tool.RunAsync(
            "tmux",
            ["-L", screen.socket, "-f", "/dev/null", "new-session", "-d", "-s", "main", "-x", $"{columns}", "-y", $"{rows}", command,
                ";", "set-option", "-g", "status", "off", ";", "resize-window", "-x", $"{columns}", "-y", $"{rows}"],
            environment,
            cancel);
        return screen;
    }

    /// <summary>Presses keys by tmux's names: "a", "Enter", "Up", "C-z", "F5".</summary>
    public Task PressAsync(CancellationToken cancel, params string[] keys) => TmuxAsync(["send-keys", .. keys], cancel);

    /// <summary>Types text as it is, escape sequences too.</summary>
    public Task TypeAsync(string text, CancellationToken cancel) => TmuxAsync(["send-keys", "-l", text], cancel);

    /// <summary>Types text of any kind, beyond what a command line can hold.</summary>
    public async Task TypeRawAsync(string text, CancellationToken cancel)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text, cancel);
            await TmuxAsync(["load-buffer", file, ";", "paste-buffer", "-d", "-r"], cancel);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Keeps every byte that the pane sends from now on in <paramref name="file"/>.</summary>
    public Task RecordAsync(string file, CancellationToken cancel) => TmuxAsync(["pipe-pane", $"cat > {Tool.Quote(file)}"], cancel);

    /// <summary>Types text as it is, then Enter.</summary>
    public async Task TypeLineAsync(string text, CancellationToken cancel)
    {
        await TypeAsync(text, cancel);
        await PressAsync(cancel, "Enter");
    }

    public Task ResizeAsync(int columns, int rows, CancellationToken cancel) =>
        TmuxAsync(["resize-window", "-x", $"{columns}", "-y", $"{rows}"], cancel);

    /// <summary>The screen now, one line a row, without the blanks at their ends.</summary>
    public Task<string> CaptureAsync(CancellationToken cancel) => TmuxAsync(["capture-pane", "-p"], cancel);

    /// <summary>Lets programs in the pane set tmux's buffer (OSC 52).</summary>
    public Task TakeClipboardAsync(CancellationToken cancel) => TmuxAsync(["set-option", "-s", "set-clipboard", "on"], cancel);

    /// <summary>What was copied last.</summary>
    public Task<string> ShowBufferAsync(CancellationToken cancel) => TmuxAsync(["show-buffer"], cancel);

    /// <summary>A tmux format of the pane, such as "#{alternate_on}" or "#{cursor_flag}".</summary>
    public async Task<string> AskAsync(string format, CancellationToken cancel) =>
        (await TmuxAsync(["display-message", "-p", format], cancel)).Trim();

    /// <summary>Looks at the screen until it satisfies <paramref name="wanted"/>, and gives it.</summary>
    /// <exception cref="TimeoutException">It did not within the time; the message has the screen.</exception>
    public async Task<string> WaitForAsync(Func<string, bool> wanted, TimeSpan within, CancellationToken cancel)
    {
        var last = "";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(within);
        using var glances = new PeriodicTimer(Glance);
        try
        {
            do
            {
                last = await CaptureAsync(limit.Token);
                if (wanted(last))
                {
                    return last;
                }
            }
            while (await glances.WaitForNextTickAsync(limit.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Told below.
        }

        throw new TimeoutException($"not within {within}:\n{last}");
    }

    /// <summary>Ends the pane and waits until its programs have ended: one that is hung up on may still be keeping its session.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            var session = await AskAsync("#{pane_pid}", CancellationToken.None);
            await TmuxAsync(["kill-server"], CancellationToken.None);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            using var glances = new PeriodicTimer(Glance);
            while (Lives(session) && await glances.WaitForNextTickAsync(limit.Token))
            {
            }
        }
        catch (InvalidOperationException)
        {
            // The command ended, and its server with it.
        }
    }

    /// <summary>
    /// Whether a program of a terminal session lives: the sixth word of /proc/PID/stat, whose second one may hold spaces.
    /// </summary>
    private static bool Lives(string session) => Directory.Exists("/proc") && Directory.EnumerateDirectories("/proc").Any(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "stat")) is var stat
                && stat[(stat.LastIndexOf(')') + 1)..].Split(' ') is [_, not "Z", _, _, var of, ..]
                && of == session;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is no process, or is gone by now.
            return false;
        }
    });

    private Task<string> TmuxAsync(string[] arguments, CancellationToken cancel) =>
        Tool.RunAsync("tmux", ["-L", socket, .. arguments], null, cancel);
}
