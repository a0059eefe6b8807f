using OpsManager.TerminalProbe;
using OpsManager.Tui.Terminal.Lifetime;

RuntimeConsole.StartQuietly();

// A screen with nothing behind it, to try the terminal layer on a real terminal. Keys: see ProbeView.
var options = TerminalOptions.From(Environment.GetEnvironmentVariable, args.Contains("--no-color") ? "none" : null) with
{
    Mouse = args.Contains("--mouse"),
};
if (args.Contains("--ascii"))
{
    options = options with { Ascii = true };
}

try
{
    return TerminalSession.Run(options, host => new ProbeView(host));
}
catch (TerminalUnusableException error)
{
    Console.Error.WriteLine($"terminal-probe: {error.Message}");
    return 2;
}
catch (InvalidOperationException error)
{
    Console.Error.WriteLine($"terminal-probe: failed: {error.Message}");
    return 70;
}
