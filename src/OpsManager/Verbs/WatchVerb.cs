using System.CommandLine;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Control;
using OpsManager.Control.Act;
using OpsManager.Control.Notify;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using OpsManager.Session;
using OpsManager.Sources;
using OpsManager.Sources.Local;

namespace OpsManager.Verbs;

/// <summary>
/// <c>watch --lines</c>: the screen's facts as plain lines, one at every change of lifecycle, alert or health, until it is interrupted.
/// </summary>
internal static class WatchVerb
{
    public static Command Command(VerbContext context)
    {
        var watch = new WatchOptions();
        var loop = new Option<string?>(FlagNames.Loop) { Description = "Only this loop." };
        var lines = new Option<bool>(FlagNames.Lines)
        {
            Description = "Append plain lines, for pipes and screen readers. Needed unless --json is given.",
        };
        var json = new Option<bool>(FlagNames.Json) { Description = "Append each change as a line of JSON." };
        var readOnly = new Option<bool>(FlagNames.ReadOnly)
        {
            Description = "Write none of the manager's files, not even that a confirmed decision was overruled.",
        };
        var thresholds = new ThresholdOptions();
        var logFile = CommonOptions.LogFile();
        var command = new Command("watch", "Append a plain line at every change of lifecycle, alert or health.")
        {
            loop, lines, json, readOnly, logFile,
        };
        watch.AddTo(command);
        thresholds.AddProfileTo(command);
        return command.Does(async (args, output, cancel) =>
        {
            if (!args.GetValue(lines) && !args.GetValue(json))
            {
                throw new ContractException("usage", "watch needs --lines or --json; for the screen run ops-manager without a verb");
            }

            var write = args.GetValue(json) ? (Func<Change, string>)Json : Plain;
            var only = args.GetValue(loop);
            var errors = TextWriter.Synchronized(args.InvocationConfiguration.Error);
            void Tell(string fault) => errors.WriteLine(SafeText.Clean(fault));
            var settings = UserSettings.Create(context.Files, context.Environment);
            var choice = watch.From(args, context, settings);
            using var indexes = new LogIndexes(context);
            using var opener = new SpriteSources(
                context, context.TraceId(null), choice.IsFleet ? settings.Config.Nats : null, follow: indexes.Follow);
            using var fleet = choice.IsFleet ? new FleetWatch(settings, choice.Holds, opener.Open, opener.Published) : null;
            IReadOnlyList<ISource> sources = fleet?.Sources ?? (IReadOnlyList<ISource>)[.. (choice.IsNothing
                ? context.Repos(null)
                : choice.Repos).Select(repo => LocalSource.Open(context.Files, repo, indexes.Follow))];
            string?[] faults = [settings.ConfigFault, .. fleet?.Faults ?? []];
            foreach (var fault in faults.OfType<string>())
            {
                Tell(fault);
            }

            using var hook = OperatorsHook.Create(context, settings.Config.Notify)?.Invoke(Tell);
            var kinds = settings.Config.Notify.On;
            // It starts nothing and sends nothing; that what was confirmed is no longer in force it may add.
            var keepers = args.GetValue(readOnly) ? null : new ModelRecorders(new OverruledRecorder(context.Files, context.Time));
            using var telemetry = TelemetrySession.Start(context, settings, args.GetValue(logFile), Tell);
            using var scheduler = new ThreadScheduler("watch");
            using var following = fleet?.Observe(scheduler).Subscribe(news => Tell(news.Text));
            var changes = Pipeline.Models(
                sources, new Reducer(FoldOptions.Default with { Thresholds = thresholds.From(args, context) }), scheduler)
                .Do(fleet =>
                {
                    telemetry.Observe?.Invoke(fleet);
                    if (keepers?.Record(fleet) is { } fault)
                    {
                        telemetry.Fault(fault);
                        Tell(fault);
                    }
                })
                .StartWith(FleetModel.Empty)
                .Buffer(2, 1)
                .Where(static pair => pair.Count == 2)
                .Do(pair => Offer(hook, Notices
                    .Between(pair[0], pair[1])
                    .Where(notice => kinds.Contains(notice.Kind) && (only is null || notice.Loop == only))))
                .SelectMany(static pair => Changes.Between(pair[0], pair[1]))
                .Where(change => only is null || change.Loop == only)
                .Do(change =>
                {
                    output.WriteLine(write(change));
                    output.Flush();
                });
            try
            {
                await changes.LastOrDefaultAsync().ToTask(cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The operator's Ctrl+C is how watching ends.
            }
            catch (Exception error)
            {
                telemetry.Failed(error);
                throw;
            }

            return ExitCodes.Ok;
        });
    }

    private static void Offer(NotifyHook? hook, IEnumerable<Notice> notices)
    {
        if (hook is null)
        {
            return;
        }

        foreach (var notice in notices)
        {
            hook.Offer(notice);
        }
    }

    private static string Plain(Change change)
    {
        var why = change.Why.Length == 0 ? "" : $"  {change.Why}";
        return SafeText.Clean(
            $"{UtcSecondsConverter.Text(change.At)}  {change.Repo}  {change.Loop}  {change.Kind}  {change.Display ?? change.What}{why}");
    }

    private static string Json(Change change) => ContractJson.Write(change, ContractJson.Default.Change);
}
