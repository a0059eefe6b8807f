using System.CommandLine;
using OpsManager.Cli;
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
        Option<string?> repo = CommonOptions.Repo(), trace = CommonOptions.TraceId(), cursorFile = CommonOptions.CursorFile(
            ArtifactPaths.ManagerCursor("LOOP")),
            stateFile = new(FlagNames.StateFile) { Description = $"Manager state. Default: {ArtifactPaths.ManagerState("LOOP")}." };
        var service = new ServiceOptions();
        var attempts = CommonOptions.AtLeast(
            new Option<int>(FlagNames.RetryAttempts) { Description = "How many times to try again after a failure." }, 0);
        var backoff = CommonOptions.AtLeast(new Option<int>(FlagNames.RetryBackoffSeconds)
        {
            Description = "Seconds to wait before the first retry; the second wait is twice as long, the third three times.",
            DefaultValueFactory = static _ => 1
        }, 0);
        var loop = CommonOptions.Loop();
        var fromStart = CommonOptions.FromStart();
        var max = CommonOptions.MaxEvents();
        var pretty = CommonOptions.Pretty();
        var thresholds = new ThresholdOptions();
        var command = new Command("reconcile", "Read a loop once, project it and write the result.")
        {
            repo, loop, cursorFile, stateFile, fromStart, max, attempts, backoff, trace, pretty,
        };
        service.AddTo(command);
        thresholds.AddTo(command);
        return command.Does(async (args, output, cancel) =>
        {
            var traceId = context.TraceId(args.GetValue(trace));
            var address = service.From(args, context);
            using var sprite = address is null ? null : new ReachedSprite(context, address, traceId);
            // Over a service it is only where the result is kept.
            var place = sprite is null
                ? context.Repo(args.GetValue(repo))
                : args.GetValue(repo) is { } kept ? context.Files.Path.GetFullPath(kept)
                : sprite.Copy;
            if (sprite is not null)
            {
                new RepoFinder(context.Files).Make(place);
            }

            var reconciler = sprite is null
                ? Reconciler.Local(context.Files, context.Time, place)
                : new Reconciler(context.Files, context.Time, Transports.SpriteService, fold => new SpriteReader(
                    context.Files, context.Time, fold, new ServiceTransport(sprite.Service), sprite.Copy,
                    SpriteOptions.Default).ReadAsync);
            var result = await reconciler.RunAsync(
                new ReconcileRequest
                {
                    Repo = place,
                    Loop = args.GetRequiredValue(loop),
                    CursorFile = args.GetValue(cursorFile),
                    StateFile = args.GetValue(stateFile),
                    FromStart = args.GetValue(fromStart),
                    MaxEvents = args.GetValue(max) ?? int.MaxValue,
                    RetryAttempts = args.GetValue(attempts),
                    RetryBackoff = TimeSpan.FromSeconds(args.GetValue(backoff)),
                    Thresholds = thresholds.From(args, context.Environment),
                    TraceId = traceId,
                },
                cancel).ConfigureAwait(false);
            var text = result.State is { } state
                ? ContractJson.Write(state, ContractJson.Default.ManagerState, args.GetValue(pretty))
                : ContractJson.Write(result.Health, ContractJson.Default.HealthRecord, args.GetValue(pretty));
            await output.WriteLineAsync(text).ConfigureAwait(false);
            if (!result.Succeeded)
            {
                await args.InvocationConfiguration.Error.WriteLineAsync(SafeText.Clean(result.Health.Error ?? "")).ConfigureAwait(false);
            }

            return result.Succeeded ? ExitCodes.Ok : ExitCodes.Failed;
        });
    }
}
