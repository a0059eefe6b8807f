using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Words;
using OpsManager.Control.Rollout;

namespace OpsManager.Verbs;

/// <summary><c>stage</c>: prints how far a loop is trusted to the manager, or changes it.</summary>
internal static class StageVerb
{
    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), by = CommonOptions.By(),
            set = new(FlagNames.Set) { Description = "passive: the loop is only watched. assisted: operators may act on it." },
            reason = new(FlagNames.Reason) { HelpName = "TEXT", Description = "The reason; --set needs one." };
        set.AcceptOnlyFromAmong("passive", "assisted");
        var loop = CommonOptions.Loop();
        var document = new DocumentOutput();
        var command = new Command("stage", "Print the stage of one loop, or change it with a reason.")
        {
            repo,
            loop,
            set,
            reason,
            by,
        };
        document.AddTo(command);
        return command.Does(async (args, _, _) =>
        {
            var (root, id) = (context.Repo(args.GetValue(repo)), args.GetRequiredValue(loop));
            var keeper = new StageStore(context.Files, context.Time);
            var rollout = args.GetValue(set) is { } word
                ? keeper.Set(
                    root, id, word == "passive" ? RolloutStage.Passive : RolloutStage.Assisted, context.Operator(args.GetValue(by)),
                    args.GetValue(reason) ?? "")
                : keeper.Get(root, id)
                    ?? new RolloutRecord { Stage = RolloutStage.Assisted, ChangedAt = null, ChangedBy = null, Reason = null };
            await document.WriteAsync(
                args, context, pretty => ContractJson.Write(rollout, ContractJson.Default.RolloutRecord, pretty),
                () => StageText.Rows(rollout)).ConfigureAwait(false);
            return ExitCodes.Ok;
        });
    }
}
