using System.CommandLine;
using System.Runtime.InteropServices;
using OpsManager.Cli;
using OpsManager.Contract.Words;
using OpsManager.Manual;
using OpsManager.Sources.Files;
using OpsManager.Sources.Processes;
using OpsManager.Tui.Terminal.Lifetime;

// Before anything is asked of the system that only Linux has.
if (HostSystem.Refusal(RuntimeInformation.IsOSPlatform) is { } refusal)
{
    await new InvocationConfiguration().Error.WriteLineAsync(refusal);
    return ExitCodes.Failed;
}

// First of all, and only where it was asked for: it measures what comes next.
var files = new HostFileSystem();
var profile = args.Contains(FlagNames.ProfileStart) ? new StartProfile(files) : null;

// Before the runtime takes the signals over, which it does with the first use of the terminal.
ChildSignals.Prepare();
// Before anything writes: no verb has a byte to send but its text.
RuntimeConsole.StartQuietly();
return await CommandLine.RunAsync(
    args,
    new VerbContext(
        files, TimeProvider.System, Environment.GetEnvironmentVariable, static () => Guid.NewGuid().ToString("n"))
    {
        Profile = profile,
        TerminalWidth = static () => TerminalFacts.Look(Environment.GetEnvironmentVariable) is { OutputIsTerminal: true } terminal
            ? terminal.Size?.Width ?? HelpText.UsualWidth : null,
        ErrorIsTerminal = static () => TerminalFacts.ErrorIsTerminal,
    });
