using System.CommandLine;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;

namespace OpsManager.Cli;

/// <summary>
/// How a verb prints one document: as JSON where a script reads it, which is on a pipe, in a file and with <c>--json</c> or
/// <c>--pretty</c>; as lines with a label where a person reads it, on a terminal.
/// </summary>
internal sealed class DocumentOutput
{
    private readonly Option<bool> json = new(FlagNames.Json)
    {
        Description = "Print JSON on a terminal too; a pipe or a file always gets JSON.",
    };

    private readonly Option<bool> pretty = CommonOptions.Pretty();

    public void AddTo(Command command)
    {
        command.Options.Add(json);
        command.Options.Add(pretty);
    }

    /// <param name="document">The JSON; the argument says whether it is indented.</param>
    /// <param name="rows">Label and text of each line. They are cleaned here.</param>
    public async Task WriteAsync(
        ParseResult args, VerbContext context, Func<bool, string> document, Func<IEnumerable<string[]>> rows)
    {
        var output = args.InvocationConfiguration.Output;
        if (args.GetValue(json) || args.GetValue(pretty) || context.TerminalWidth() is null)
        {
            await output.WriteLineAsync(document(args.GetValue(pretty))).ConfigureAwait(false);
            return;
        }

        foreach (var line in TextTable.Lines([.. rows()]))
        {
            await output.WriteLineAsync(SafeText.Clean(line).TrimEnd()).ConfigureAwait(false);
        }
    }
}
