using System.CommandLine;
using System.CommandLine.Help;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Manual;
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
        var root = Root(context);
        // A word that begins with @ is a run (docs/compare.md), and no file of more words.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        RepositoryLinks.Allow(
            context, [.. parsed.GetResult(FlagNames.AllowLink)?.Tokens.Select(static token => token.Value) ?? []]);
        return InvokeAsync(
            parsed, context, console ?? new InvocationConfiguration { ProcessTerminationTimeout = MaxEnd }, cancel);
    }

    /// <summary>The command tree: what is described in it is all that the manual has (docs/cli.md).</summary>
    public static RootCommand Root(VerbContext context)
    {
        var root = new RootCommand("Watch coding-agent loops: what is running, what is waiting for you, what is wrong.")
        {
            SnapshotVerb.Command(context),
            EventsVerb.Command(context),
            LoopsVerb.Command(context),
            FleetVerb.Command(context),
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
            PublishVerb.Command(context),
            StageVerb.Command(context),
            IncidentsVerb.List(context),
            IncidentsVerb.Show(context),
            RearmVerb.Command(context),
            KeysVerb.Command(context),
            ExplainVerb.Command(context),
            DoctorVerb.Command(context),
            InfoVerb.Command(context),
            HelpVerb.Command(context),
            CompletionVerb.Command(),
            ManVerb.Command(),
        };
        ScreenVerb.Attach(root, context);
        root.Add(CommonOptions.AllowLinks());
        Describe(root, context);
        return root;
    }

    /// <summary>The options that the library adds, in our words.</summary>
    private static void Describe(RootCommand root, VerbContext context)
    {
        foreach (var option in root.Options)
        {
            if (option is HelpOption help)
            {
                (help.Description, help.Action) = ("Show this help.", new HelpPrinter(context));
            }
            else if (option is VersionOption)
            {
                option.Description = "Print the version.";
            }
        }
    }

    /// <summary>Messages repeat what was typed only after cleaning it. If the output is closed, one line says so.</summary>
    private static async Task<int> InvokeAsync(
        ParseResult parsed, VerbContext context, InvocationConfiguration console, CancellationToken cancel)
    {
        console.EnableDefaultExceptionHandler = false;
        try
        {
            var faults = new CommandFaults(parsed, context.Files).All();
            if (faults.Count == 0)
            {
                return await parsed.InvokeAsync(console, cancel).ConfigureAwait(false);
            }

            var verb = VerbEntry.From(parsed.RootCommandResult.Command, HelpPrinter.WordsTo(parsed.CommandResult));
            foreach (var line in faults.Append($"usage: {verb.Usage}").Append($"try \"{verb.Command} --help\""))
            {
                await console.Error.WriteLineAsync(SafeText.Clean(line)).ConfigureAwait(false);
            }

            return IsSayingWithOne(parsed.CommandResult.Command) ? ExitCodes.Unreadable : ExitCodes.Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await console.Error
                .WriteLineAsync(SafeText.Clean(WorkingDirectory.IsMissingIn(error) ? WorkingDirectory.Deleted : error.Message))
                .ConfigureAwait(false);
        }

        return ExitCodes.Failed;
    }

    /// <summary>Whether exit code 1 of a verb is an answer and not a fault.</summary>
    private static bool IsSayingWithOne(Command verb) =>
        verb.Name == VerbNames.Diff || verb.Parents.Any(static parent => parent.Name == VerbNames.Fleet);
}
