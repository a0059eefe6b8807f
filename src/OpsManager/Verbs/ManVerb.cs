using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Words;
using OpsManager.Manual;

namespace OpsManager.Verbs;

/// <summary><c>man</c>: prints the man page.</summary>
internal static class ManVerb
{
    public static Command Command() =>
        new Command("man", "Print the man page as roff: ops-manager man | man -l -").Does(async (args, output, _) =>
        {
            var lines = ManPage.Lines(VerbEntry.From(args.RootCommandResult.Command), BuildStamp.Current.Version);
            await output.WriteAsync(string.Concat(lines.Select(static line => $"{line}\n"))).ConfigureAwait(false);
            return ExitCodes.Ok;
        });
}
