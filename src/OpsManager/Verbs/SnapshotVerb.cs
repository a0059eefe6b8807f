using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Words;
using OpsManager.Core.Fold;
using OpsManager.Sources.Local;

namespace OpsManager.Verbs;

/// <summary><c>snapshot</c>: prints one snapshot envelope.</summary>
internal static class SnapshotVerb
{
    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), trace = CommonOptions.TraceId(), run = new(FlagNames.RunId)
        {
            Description = "Run id. Default: the one in the artifacts."
        };
        var loop = CommonOptions.Loop();
        var pretty = CommonOptions.Pretty();
        var extras = new Option<bool>(FlagNames.Extras)
        {
            Description = "Add the assessment, the process and the list of files, as the service does."
        };
        return new Command(
            VerbNames.Snapshot,
            "Print a snapshot envelope of one loop.") { repo, loop, run, extras, trace, pretty }.Does(async (args, output, cancel) =>
        {
            var reading = await new LoopReader(context.Files, context.Time, FoldOptions.Default)
                .ReadAsync(context.Repo(args.GetValue(repo)), args.GetRequiredValue(loop), cancel).ConfigureAwait(false);
            var snapshot = SnapshotBuilder.Build(reading, context.TraceId(args.GetValue(trace)), args.GetValue(run));
            snapshot = args.GetValue(extras) ? LoopExtras.From(reading).Beside(snapshot) : snapshot;
            await output
                .WriteLineAsync(ContractJson.Write(snapshot, ContractJson.Default.SnapshotEnvelope, args.GetValue(pretty)))
                .ConfigureAwait(false);
            return ExitCodes.Ok;
        });
    }
}
