using System.CommandLine;
using System.CommandLine.Invocation;
using OpsManager.Manual;

namespace OpsManager.Cli;

/// <summary>What <c>--help</c> does: the help of the verb, as wide as the terminal.</summary>
internal sealed class HelpPrinter(VerbContext context) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var root = parseResult.RootCommandResult.Command;
        Print(VerbEntry.From(root, WordsTo(parseResult.CommandResult)), context, parseResult.InvocationConfiguration.Output);
        return 0;
    }

    /// <summary>The names of the verbs that lead to a command; none for the screen.</summary>
    public static string[] WordsTo(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult above ? [.. WordsTo(above), command.Command.Name] : [];

    public static void Print(VerbEntry verb, VerbContext context, TextWriter output)
    {
        foreach (var line in HelpText.Lines(verb, context.TerminalWidth() ?? HelpText.UsualWidth))
        {
            output.WriteLine(line);
        }
    }
}
