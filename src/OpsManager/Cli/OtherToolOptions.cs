using System.CommandLine;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;

namespace OpsManager.Cli;

/// <summary>
/// Options of the scripts that came with Superloop which have no effect here: profile drift and dispatched alerts are another tool's. They
/// are taken, so that a script that has them goes on, and standard error says that they do nothing.
/// </summary>
internal sealed class OtherToolOptions
{
    private const string NoEffect = "Taken for scripts, without effect:";

    private readonly Option<string?>[] options =
    [
        Make(FlagNames.DriftMinConfidence, "WORD", $"{NoEffect} profile drift is not judged here."),
        Make(FlagNames.DriftRequiredStreak, "N", $"{NoEffect} profile drift is not judged here."),
        Make(FlagNames.DriftSummaryWindow, "N", $"{NoEffect} profile drift is not judged here; see --summary-window."),
        Make(FlagNames.AlertsEnabled, "BOOL", $"{NoEffect} no alerts are dispatched here; see --notify of reconcile."),
        Make(FlagNames.AlertConfigFile, "FILE", $"{NoEffect} it is not read; see --notify of reconcile."),
    ];

    public void AddTo(Command command)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Says of each that was given that it does nothing.</summary>
    public async Task WarnAsync(ParseResult args)
    {
        foreach (var option in options.Where(option => args.GetResult(option) is { Implicit: false }))
        {
            await args.InvocationConfiguration.Error
                .WriteLineAsync(SafeText.Clean($"{option.Name} has no effect: drift and alerts are shown as another tool wrote them"))
                .ConfigureAwait(false);
        }
    }

    private static Option<string?> Make(string name, string value, string what) =>
        new(name) { HelpName = value, Description = what, Arity = ArgumentArity.ZeroOrOne };
}
