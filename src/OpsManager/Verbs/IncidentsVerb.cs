using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Control.Rollout;

namespace OpsManager.Verbs;

/// <summary><c>incidents</c>: lists the notes of rollbacks; <c>incident show ID</c> prints one.</summary>
internal static class IncidentsVerb
{
    public static Command List(VerbContext context)
    {
        var repo = CommonOptions.Repo();
        var loop = OneLoop();
        var json = CommonOptions.Json();
        return new Command(
            "incidents", "List the notes of rollbacks, the newest first.") { repo, loop, json }.Does(async (args, output, _) =>
        {
            var found = new IncidentList(context.Files, context.Repo(args.GetValue(repo))).All(args.GetValue(loop));
            if (args.GetValue(json))
            {
                await output
                    .WriteLineAsync(ContractJson.Write(found, ContractJson.Default.IReadOnlyListIncidentEntry))
                    .ConfigureAwait(false);
                return ExitCodes.Ok;
            }

            string[] head = ["STATE", "LOOP", "ID", "WHY"];
            foreach (var line in TextTable.Lines(
                [head, .. found.Select(static one => new[] { one.IsOpen ? "open" : "closed", one.LoopId, one.Id, one.Why ?? "" })]))
            {
                await output.WriteLineAsync(SafeText.Clean(line)).ConfigureAwait(false);
            }

            return ExitCodes.Ok;
        });
    }

    public static Command Show(VerbContext context)
    {
        var repo = CommonOptions.Repo();
        var loop = OneLoop();
        var id = new Argument<string>("ID") { Description = "Of the incident, as \"ops-manager incidents\" lists it." };
        var show = new Command("show", "Print the note of a rollback.") { id, repo, loop }.Does(async (args, output, _) =>
        {
            var text = new IncidentList(context.Files, context.Repo(args.GetValue(repo))).Read(
                args.GetRequiredValue(id), args.GetValue(loop));
            foreach (var line in text.TrimEnd('\n').Split('\n'))
            {
                await output.WriteLineAsync(SafeText.Clean(line)).ConfigureAwait(false);
            }

            return ExitCodes.Ok;
        });
        return new Command("incident", "Work with the note of one rollback.") { show };
    }

    private static Option<string?> OneLoop() => new(FlagNames.Loop) { Description = "Only this loop." };
}
