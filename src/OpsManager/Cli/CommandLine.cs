using System.CommandLine;
using OpsManager.Verbs;

namespace OpsManager.Cli;

/// <summary>The command line: the screen where no verb is given, and every verb.</summary>
public static class CommandLine
{
    /// <summary>
    /// How long a verb may take to end after a signal. Each ends at once where it can; the service awaits a command that runs.
    /// </summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(5);

    /// <param name="console">Where output goes; null for the console.</param>
    /// <param name="cancel">Ends the verb, as an interrupt does.</param>
    public static Task<int> RunAsync(string[] args, VerbContext context, InvocationConfiguration? console = null, CancellationToken cancel = default)
    {
        var root = new RootCommand("Watch coding-agent loops: what runs, what waits for you, what is wrong.")
        {
            SnapshotVerb.Command(context),
            EventsVerb.Command(context),
            LoopsVerb.Command(context),
            ProjectVerb.Command(context),
            ReconcileVerb.Command(context),
            StatusVerb.Command(context),
            ValidateVerb.Command(context),
            VerifyVerb.Command(context),
            WatchVerb.Command(context),
            ControlVerb.Command(context),
            ServeVerb.Command(context),
            StageVerb.Command(context),
            IncidentsVerb.List(context),
            IncidentsVerb.Show(context),
            RearmVerb.Command(context),
            KeysVerb.Command(context),
            DoctorVerb.Command(context),
        };
        ScreenVerb.Attach(root, context);
        return root.Parse(args).InvokeAsync(console ?? new InvocationConfiguration { ProcessTerminationTimeout = LongestEnd }, cancel);
    }
}
