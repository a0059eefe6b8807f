using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Json;
using OpsManager.Control.Reconcile;

namespace OpsManager.Verbs;

/// <summary><c>status</c>: prints what the manager kept of a loop.</summary>
public static class StatusVerb
{
    public static Command Command(VerbContext context)
    {
        var repo = CommonOptions.Repo();
        var loop = CommonOptions.Loop();
        var pretty = CommonOptions.Pretty();
        return new Command("status", "Print what was last reconciled of one loop.") { repo, loop, pretty }.Does(async (args, output, _) =>
        {
            var status = new StatusReader(context.Files, context.Time).Read(context.Repo(args.GetValue(repo)), args.GetRequiredValue(loop));
            await output.WriteLineAsync(ContractJson.Write(status, ContractJson.Default.StatusRecord, args.GetValue(pretty))).ConfigureAwait(false);
            return ExitCodes.Ok;
        });
    }
}
