using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Configuration;
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
internal static class FleetVerb
{
    /// <summary>A command may have to log in, and a sprite to wake.</summary>
    private const int DefaultTimeoutSeconds = 30;

    private const int MaxTimeoutSeconds = 3600;

    /// <summary>Sources that are read at a time.</summary>
    private const int AtOnce = 32;

    public static Command Command(VerbContext context) =>
        new(VerbNames.Fleet, "Work with everything that config.yaml names.") { Status(context) };

    private static Command Status(VerbContext context)
    {
        var watch = new WatchOptions();
        var thresholds = new ThresholdOptions();
        var (json, pretty, notify, trace) =
            (CommonOptions.Json(), CommonOptions.Pretty(), CommonOptions.NotifyOnce(), CommonOptions.TraceId());
        var timeout = CommonOptions.AtLeast(new Option<int>(FlagNames.TimeoutSeconds)
        {
            Description = $"Seconds that one repository or sprite may take; {AtOnce} are read at a time.",
            DefaultValueFactory = static _ => DefaultTimeoutSeconds
        }, 1, MaxTimeoutSeconds);
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
        return command.Does(
            async (args, output, cancel) =>
            {
                var settings = UserSettings.Create(context.Files, context.Environment);
                var choice = watch.Whole(args, context, settings);
                var traceId = context.TraceId(args.GetValue(trace));
                var notifier = args.GetValue(notify) ? OperatorsHook.Once(context, settings, Tell) : null;
                void Tell(string fault) => args.InvocationConfiguration.Error.WriteLine(SafeText.Clean(fault));
                // A service that fails is not waited for where there is another way: there is only one look.
                using var opener = new SpriteSources(
                    context, traceId, SpriteOptions.Default with { FallBackAfter = TimeSpan.Zero });
                using var fleet = choice.IsFleet ? new FleetWatch(settings, choice.Holds, opener.Open) : null;
                IReadOnlyList<ISource> sources = fleet?.Sources ?? (IReadOnlyList<ISource>)[
                    .. choice.Repos.Select(repo => LocalSource.Open(context.Files, repo, FollowOptions.Default))];
                var fold = FoldOptions.Default with
                {
                    Thresholds = thresholds.From(args, context),
                    Rollback = settings.Config.Rollback.Limits,
                };
                var patience = TimeSpan.FromSeconds(args.GetValue(timeout));
                var read = await new FleetReader(fold, context.Time, AtOnce, patience).ReadAsync(sources, cancel).ConfigureAwait(false);
                var report = new FleetReport(context.Files, patience, fleet?.Sprites)
                    .From(read, context.Time.GetUtcNow(), traceId);
                if (args.GetValue(json) || args.GetValue(pretty))
                {
                    await output
                        .WriteLineAsync(ContractJson.Write(report, ContractJson.Default.FleetStatus, args.GetValue(pretty)))
                        .ConfigureAwait(false);
                }
                else
                {
                    foreach (var line in FleetText.Lines(report))
                    {
                        await output.WriteLineAsync(line).ConfigureAwait(false);
                    }
                }

                foreach (var fault in report.Faults)
                {
                    Tell(fault);
                }

                if (notifier is not null)
                {
                    await output.FlushAsync(cancel).ConfigureAwait(false);
                    await notifier.TellAsync(
                        [.. read.Where(static one => one.IsWhole).SelectMany(static one => one.Repo.Loops.Values
                            .Select(loop => LoopHealth.From(one.Repo, loop)).OfType<LoopHealth>())],
                        Tell, cancel).ConfigureAwait(false);
                }

                return report.Result switch
                {
                    FleetResult.Unreadable => ExitCodes.Unreadable,
                    FleetResult.Attention => ExitCodes.NeedsPerson,
                    _ => ExitCodes.Ok,
                };
            },
            ExitCodes.Unreadable);
    }
}
