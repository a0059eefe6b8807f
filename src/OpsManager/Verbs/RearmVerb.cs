using System.CommandLine;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using OpsManager.Cli;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Words;
using OpsManager.Control.Rollout;
using OpsManager.Core.Fold;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;

namespace OpsManager.Verbs;

/// <summary><c>rearm</c>: re-arms a loop after a rollback, where the artifacts, read again, agree; prints rollout.json.</summary>
internal static class RearmVerb
{
    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), by = CommonOptions.By();
        var reason = new Option<string>(FlagNames.Reason)
        {
            HelpName = "TEXT",
            Description = "What happened and why it is safe now; this is added to the incident note.",
            Required = true
        };
        var loop = CommonOptions.Loop();
        var document = new DocumentOutput();
        var command = new Command(
            "rearm", "Re-arm a loop after a rollback. Its artifacts are read again, and must agree with what is shown.")
        {
            repo,
            loop,
            reason,
            by,
        };
        document.AddTo(command);
        return command.Does(async (args, _, cancel) =>
        {
            var root = context.Repo(args.GetValue(repo));
            ISource[] sources = [LocalSource.Open(context.Files, root, FollowOptions.Default)];
            using var scheduler = new EventLoopScheduler();
            var reducer = new Reducer(FoldOptions.Default);
            var models = Pipeline.Models(sources, reducer, scheduler).Replay(1);
            using var watching = models.Connect();
            var rollout = await new Rearmer(context.Files, context.Time, sources, models, reducer, new Reducer(FoldOptions.Default))
                .ArmAsync(root, args.GetRequiredValue(loop), context.Operator(args.GetValue(by)), args.GetRequiredValue(reason), cancel)
                .ConfigureAwait(false);
            await document.WriteAsync(
                args, context, pretty => ContractJson.Write(rollout, ContractJson.Default.RolloutRecord, pretty),
                () => StageText.Rows(rollout)).ConfigureAwait(false);
            return ExitCodes.Ok;
        });
    }
}
