using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Words;

namespace OpsManager.Verbs;

/// <summary><c>demo</c>: a tour of a few sample runs.</summary>
internal static class DemoVerb
{
    public static Command Command(VerbContext context)
    {
        var display = new DisplayOptions();
        var command = new Command(VerbNames.Demo, "Play a tour of a few sample runs; the first key ends the tour.");
        display.AddTo(command);
        return command.Does((args, _, _) => Task.FromResult(new ReplayScreen(args, display, context).Tour()));
    }
}
