using System.CommandLine;
using System.CommandLine.Parsing;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Session;
using OpsManager.Verbs;

namespace OpsManager.Cli;

/// <summary>The command line: the screen where no verb is given, and every verb.</summary>
internal static class CommandLine
{
    /// <summary>
    /// How long a verb may take to end after a signal. Each ends at once where it can; the service awaits a command that runs.
    /// </summary>
    private static readonly TimeSpan MaxEnd = TimeSpan.FromMinutes(5);

    /// <param name="console">Where output goes; null for the console.</param>
    /// <param name="cancel">Ends the verb, as an interrupt does.</param>
    public static Task<int> RunAsync(
        string[] args, VerbContext context, InvocationConfiguration? console = null, CancellationToken cancel = default)
    {
        var root = new RootCommand("Watch coding-agent loops: what is running, what is waiting for you, what is wrong.")
        {
            SnapshotVerb.Command(context),
            EventsVerb.Command(context),
            LoopsVerb.Command(context),
            ProjectVerb.Command(context),
            ReconcileVerb.Command(context),
            StatusVerb.Command(context),
            ValidateVerb.Command(context),
            VerifyVerb.Command(context),
            RecordVerb.Command(context),
            ReplayVerb.Command(context),
            DiffVerb.Command(context),
            ReportVerb.Command(context),
            SamplesVerb.Command(context),
            DemoVerb.Command(context),
            WatchVerb.Command(context),
            ControlVerb.Command(context),
            ConfirmVerb.Command(context),
            ServeVerb.Command(context),
            StageVerb.Command(context),
            IncidentsVerb.List(context),
            IncidentsVerb.Show(context),
            RearmVerb.Command(context),
            KeysVerb.Command(context),
            ExplainVerb.Command(context),
            DoctorVerb.Command(context),
        };
        ScreenVerb.Attach(root, context);
        var links = CommonOptions.AllowLinks();
        root.Add(links);
        // A word that begins with @ is a run (docs/compare.md), and no file of more words.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        RepositoryLinks.Allow(context, [.. parsed.GetResult(links)?.Tokens.Select(static token => token.Value) ?? []]);
        return InvokeAsync(parsed, console ?? new InvocationConfiguration { ProcessTerminationTimeout = MaxEnd }, cancel);
    }

    /// <summary>Messages repeat what was typed only after cleaning it. If the output is closed, one line says so.</summary>
    private static async Task<int> InvokeAsync(ParseResult parsed, InvocationConfiguration console, CancellationToken cancel)
    {
        console.EnableDefaultExceptionHandler = false;
        try
        {
            if (parsed.Errors.Count == 0)
            {
                return await parsed.InvokeAsync(console, cancel).ConfigureAwait(false);
            }

            foreach (var error in parsed.Errors)
            {
                await console.Error.WriteLineAsync(SafeText.Clean(error.Message)).ConfigureAwait(false);
            }

            await console.Error
                .WriteLineAsync(SafeText.Clean($"See: {string.Join(' ', Path(parsed.CommandResult))} --help"))
                .ConfigureAwait(false);
            return parsed.CommandResult.Command.Name == VerbNames.Diff ? ExitCodes.Unreadable : ExitCodes.Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await console.Error
                .WriteLineAsync(SafeText.Clean(WorkingDirectory.IsMissingIn(error) ? WorkingDirectory.Deleted : error.Message))
                .ConfigureAwait(false);
        }

        return ExitCodes.Failed;
    }

    private static IEnumerable<string> Path(CommandResult command) =>
        (command.Parent is CommandResult above ? Path(above) : []).Append(command.Parent is null ? "ops-manager" : command.Command.Name);
}
