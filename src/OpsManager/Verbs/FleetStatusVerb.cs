using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Control.Escalate;
using OpsManager.Core.Fold;
using OpsManager.Session;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Sprite;

namespace OpsManager.Verbs;

/// <summary><c>fleet status</c>: one look at everything that config.yaml names, for timers and CI (docs/fleet.md).</summary>
internal sealed class FleetStatusVerb(VerbContext context)
{
    /// <summary>A command may have to log in, and a sprite to wake.</summary>
    private const int DefaultTimeoutSeconds = 30;

    private const int MaxTimeoutSeconds = 3600;

    /// <summary>Sources that are read at a time.</summary>
    private const int AtOnce = 32;

    private readonly WatchOptions watch = new();
    private readonly ThresholdOptions thresholds = new();
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Option<bool> pretty = CommonOptions.Pretty();
    private readonly Option<bool> notify = CommonOptions.NotifyOnce();
    private readonly Option<string?> trace = CommonOptions.TraceId();
    private readonly Option<int> timeout = CommonOptions.AtLeast(new Option<int>(FlagNames.TimeoutSeconds)
    {
        Description = $"Seconds that one repository or sprite may take; {AtOnce} are read at a time.",
        DefaultValueFactory = static _ => DefaultTimeoutSeconds
    }, 1, MaxTimeoutSeconds);

    public Command Command()
    {
        var command = new Command(
            "status",
            "Look once at all repositories and sprites of config.yaml: exit 0 all is well, 1 something needs a person, "
            + "2 something could not be read.");
        watch.AddNamesTo(command);
        foreach (var option in new Option[] { timeout, json, pretty, notify })
        {
            command.Options.Add(option);
        }

        thresholds.AddProfileTo(command);
        command.Options.Add(trace);
        return command.Does(RunAsync, ExitCodes.Unreadable);
    }

    private async Task<int> RunAsync(ParseResult args, TextWriter output, CancellationToken cancel)
    {
        var settings = UserSettings.Create(context.Files, context.Environment);
        var choice = watch.Whole(args, context, settings);
        var traceId = context.TraceId(args.GetValue(trace));
        var notifier = args.GetValue(notify) ? OperatorsHook.Once(context, settings, fault => Tell(args, fault)) : null;
        // A service that fails is not waited for where there is another way: there is only one look.
        using var opener = new SpriteSources(
            context, traceId, choice.IsFleet ? settings.Config.Nats : null, SpriteOptions.Default with { FallBackAfter = TimeSpan.Zero });
        var patience = TimeSpan.FromSeconds(args.GetValue(timeout));
        await opener.OpenedAsync(patience, cancel).ConfigureAwait(false);
        using var fleet = choice.IsFleet ? new FleetWatch(settings, choice.Holds, opener.Open, opener.Published) : null;
        if (opener.Fleet is { Fault: null } stream && fleet?.Sprites.Count == 0)
        {
            throw new ContractException(
                "fleet_empty", $"stream {stream.Settings.Stream} has no sprites yet: run ops-manager publish in each (docs/fleet.md)");
        }

        IReadOnlyList<ISource> sources = fleet?.Sources ?? (IReadOnlyList<ISource>)[
            .. choice.Repos.Select(repo => LocalSource.Open(context.Files, repo, FollowOptions.Default))];
        var reader = new FleetReader(Fold(args, settings), context.Time, AtOnce, patience);
        var read = await reader.ReadAsync(sources, cancel).ConfigureAwait(false);
        var report = new FleetReport(context.Files, patience, fleet?.Sprites).From(read, context.Time.GetUtcNow(), traceId);
        await WriteAsync(args, output, report).ConfigureAwait(false);
        if (notifier is not null)
        {
            await output.FlushAsync(cancel).ConfigureAwait(false);
            await notifier.TellAsync(HealthOf(read), fault => Tell(args, fault), cancel).ConfigureAwait(false);
        }

        return ExitCode(report.Result);
    }

    private FoldOptions Fold(ParseResult args, UserSettings settings) => FoldOptions.Default with
    {
        Thresholds = thresholds.From(args, context),
        Rollback = settings.Config.Rollback.Limits,
    };

    /// <summary>The report to standard output, and each of its faults to standard error.</summary>
    private async Task WriteAsync(ParseResult args, TextWriter output, FleetStatus report)
    {
        var lines = args.GetValue(json) || args.GetValue(pretty)
            ? [ContractJson.Write(report, ContractJson.Default.FleetStatus, args.GetValue(pretty))]
            : FleetText.Lines(report);
        foreach (var line in lines)
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
        }

        foreach (var fault in report.Faults)
        {
            Tell(args, fault);
        }
    }

    /// <summary>The health of each loop that was read whole.</summary>
    private static LoopHealth[] HealthOf(IReadOnlyList<FleetReading> read) =>
    [
        .. read.Where(static one => one.IsWhole)
            .SelectMany(static one => one.Repo.Loops.Values.Select(loop => LoopHealth.From(one.Repo, loop)).OfType<LoopHealth>()),
    ];

    private static void Tell(ParseResult args, string fault) => args.InvocationConfiguration.Error.WriteLine(SafeText.Clean(fault));

    private static int ExitCode(FleetResult result) => result switch
    {
        FleetResult.Unreadable => ExitCodes.Unreadable,
        FleetResult.Attention => ExitCodes.NeedsPerson,
        _ => ExitCodes.Ok,
    };
}
