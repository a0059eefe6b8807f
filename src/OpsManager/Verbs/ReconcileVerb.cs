using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Control.Reconcile;
using OpsManager.Session;
using OpsManager.Sources.Local;
using OpsManager.Sources.Sprite;

namespace OpsManager.Verbs;

/// <summary><c>reconcile</c>: one pass over a loop; prints the manager's state, or the health and exit code 1.</summary>
internal static class ReconcileVerb
{
    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), trace = CommonOptions.TraceId();
        var service = new ServiceOptions();
        var retries = new RetryOptions();
        var places = ManagerFileOptions.Reconcile();
        var loop = CommonOptions.Loop();
        var fromStart = CommonOptions.FromStart();
        var max = CommonOptions.MaxEvents();
        var document = new DocumentOutput();
        var thresholds = new ThresholdOptions();
        var notify = CommonOptions.NotifyOnce();
        var command = new Command("reconcile", "Read a loop once, project it and write the result.")
        {
            repo, loop, fromStart, max, trace, notify,
        };
        document.AddTo(command);
        places.AddTo(command);
        service.AddTo(command);
        retries.AddTo(command);
        thresholds.AddTo(command);
        return command.Does(async (args, output, cancel) =>
        {
            var (traceId, id) = (context.TraceId(args.GetValue(trace)), ArtifactPaths.CheckedLoopId(args.GetRequiredValue(loop)));
            var address = service.From(args, context);
            var limits = thresholds.From(args, context);
            var notifier = args.GetValue(notify)
                ? OperatorsHook.Once(context, UserSettings.Create(context.Files, context.Environment), Tell)
                : null;
            void Tell(string fault) => args.InvocationConfiguration.Error.WriteLine(SafeText.Clean(fault));
            using var sprite = address is null ? null : new ReachedSprite(context, address, traceId, retries.From(args));
            // Over a service it is only where the result is kept.
            var place = sprite is null
                ? context.Place(args.GetValue(repo))
                : args.GetValue(repo) is { } kept ? context.Files.Path.GetFullPath(kept)
                : sprite.Copy;
            if (sprite is not null)
            {
                new RepoFinder(context.Files).Make(place);
            }
            else
            {
                // That nothing can be read yet is a result too, and it is kept.
                context.MakeRoot(place);
            }

            using var progress = new ProgressLine(context, args.InvocationConfiguration.Error);
            var reconciler = sprite is null
                ? Reconciler.Local(context.Files, context.Time, place)
                : Reconciler.OfSprite(context.Files, context.Time, (fold, upTo) => new SpriteReader(
                    context.Files, context.Time, fold, new ServiceTransport(sprite.Service), sprite.Copy,
                    retries.From(args))
                { Progress = progress.Show, UpTo = upTo }.ReadAsync);
            var request = new ReconcileRequest
            {
                Repo = place,
                Loop = id,
                Places = places.From(args),
                FromStart = args.GetValue(fromStart),
                MaxEvents = CommonOptions.MostOf(args.GetValue(max)),
                RetryAttempts = retries.Attempts(args),
                RetryBackoff = retries.Backoff(args),
                Thresholds = limits,
                TraceId = traceId,
            };
            var result = await reconciler.RunAsync(request, cancel).ConfigureAwait(false);
            progress.Clear();
            await document.WriteAsync(
                args, context,
                pretty => result.State is { } state
                    ? ContractJson.Write(state, ContractJson.Default.ManagerState, pretty)
                    : ContractJson.Write(result.Health, ContractJson.Default.HealthRecord, pretty),
                () => result.State is { } state ? StateText.Rows(state) : StateText.Failed(request, result.Health)).ConfigureAwait(false);
            if (!result.Succeeded)
            {
                await args.InvocationConfiguration.Error.WriteLineAsync(SafeText.Clean(result.Health.Error ?? "")).ConfigureAwait(false);
            }

            if (notifier is not null)
            {
                await output.FlushAsync(cancel).ConfigureAwait(false);
                var name = sprite is not null && place == sprite.Copy ? sprite.Name : null;
                await notifier.TellAsync([result.ToTell(request, name)], Tell, cancel).ConfigureAwait(false);
            }

            return result.Succeeded ? ExitCodes.Ok : ExitCodes.Failed;
        });
    }
}
