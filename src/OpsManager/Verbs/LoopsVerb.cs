using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Core.Fold;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using OpsManager.Sources.Processes;

namespace OpsManager.Verbs;

/// <summary><c>loops</c>: lists the loops of a repository with their lifecycles.</summary>
internal static class LoopsVerb
{
    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), trace = CommonOptions.TraceId();
        var json = CommonOptions.Json();
        return new Command(VerbNames.Loops, "List the loops of a repository and the lifecycle of each.")
        {
            Aliases = { "ls" },
            Options = { repo, json, trace },
        }.Does(async (args, output, cancel) =>
        {
            var root = context.Repo(args.GetValue(repo));
            var reader = new LoopReader(context.Files, context.Time, FoldOptions.Default);
            var list = await new LoopLister(root, GuardedFiles.Open(context.Files, root), ProcTable.Open(context.Files, root),
                async loop => (await reader.ReadAsync(root, loop, cancel).ConfigureAwait(false), null))
                .ListAsync(context.TraceId(args.GetValue(trace))).ConfigureAwait(false);
            if (args.GetValue(json))
            {
                await output.WriteLineAsync(ContractJson.Write(list, ContractJson.Default.LoopList)).ConfigureAwait(false);
                return ExitCodes.Ok;
            }

            if (list.Loops.Count == 0)
            {
                var start = SafeText.Clean($"No loops in {root} yet. Start one: superloop.sh run --repo {root} --loop NAME");
                await args.InvocationConfiguration.Error.WriteLineAsync(start).ConfigureAwait(false);
            }

            string[] head = ["LOOP", "LIFECYCLE", "STATUS", "FAULT"];
            foreach (var line in TextTable.Lines([head,
                .. list.Loops.Select(static loop => new[] { SafeText.Clean(loop.LoopId),
                    loop.Display ?? (loop.Lifecycle is { } lifecycle ? AssessmentText.Word(lifecycle) : ""),
                    loop.Status?.Word() ?? "", SafeText.Clean(loop.Fault) })]))
            {
                await output.WriteLineAsync(line.TrimEnd()).ConfigureAwait(false);
            }

            return ExitCodes.Ok;
        });
    }
}
