using System.CommandLine;
using System.Text.Json;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Core.Compare;
using OpsManager.Sources.Compare;

namespace OpsManager.Verbs;

/// <summary><c>diff A B</c>: what two runs differ in, with the first divergence at the top.</summary>
internal static class DiffVerb
{
    public static Command Command(VerbContext context)
    {
        var named = new Argument<string[]>("runs")
        {
            HelpName = "RUN",
            Description = "Two runs, each as PLACE[:LOOP][@RUN][#ITERATION]: a tape, a repository, an archive of one or a sample run; its "
                + "loop; a run id, its start, or its number from 1; an iteration. With one run, the other is the run before it.",
            Arity = new ArgumentArity(0, 2),
        };
        Option<string?> repo = CommonOptions.Repo(), loop = new(FlagNames.Loop) { Description = "Loop id, with --repo." };
        var strict = new Option<bool>(FlagNames.Strict)
        {
            Description = "Durations, tokens and costs that differ make two runs different too.",
        };
        var json = CommonOptions.Json();
        return new Command(
            VerbNames.Diff, "Compare two runs, or two iterations: exit 0 if they are equal, 1 if they differ, 2 if one cannot be read.")
        {
            named, repo, loop, strict, json,
        }.Does(
            async (args, output, _) =>
            {
                var runs = new RunArguments(context);
                var names = Names(context, runs, args.GetValue(named) ?? [], args.GetValue(repo), args.GetValue(loop));
                var (a, b, faults) = await OpenAsync(context, runs, names).ConfigureAwait(false);
                foreach (var fault in faults)
                {
                    await args.InvocationConfiguration.Error.WriteLineAsync(SafeText.Clean(fault)).ConfigureAwait(false);
                }

                var compared = StepText.Describe(RunComparer.Compare(a.Run, b.Run, args.GetValue(strict)), a, b);
                IEnumerable<string> lines = args.GetValue(json)
                    ? [JsonSerializer.Serialize(DiffReport.From(compared), CliJson.Default.DiffReport)]
                    : ComparisonText.Texts(compared).Select(static line => SafeText.Clean(line));
                foreach (var line in lines)
                {
                    await output.WriteLineAsync(line).ConfigureAwait(false);
                }

                return compared.IsEqual ? ExitCodes.Ok : ExitCodes.Different;
            },
            failed: ExitCodes.Unreadable);
    }

    private static List<RunName> Names(VerbContext context, RunArguments runs, string[] named, string? repo, string? loop)
    {
        var names = named.Select(runs.Parse).ToList();
        if (repo is not null || loop is not null || names.Count == 0)
        {
            names.Add(new RunName(context.Repo(repo), loop));
        }

        return names.Count <= 2 ? names : throw new ContractException(
            "usage", $"three runs are named, and {VerbNames.Diff} compares two; leave one out, or {FlagNames.Repo} and {FlagNames.Loop}");
    }

    /// <summary>Both runs; where they are in different places they are read at the same time.</summary>
    private static async Task<(OpenRun A, OpenRun B, IEnumerable<string> Faults)> OpenAsync(
        VerbContext context, RunArguments runs, List<RunName> names)
    {
        var (first, second) = (names[0], names is [_, var other] ? other.From(names[0]) : null);
        if (second is null || second.Place == first.Place)
        {
            var a = runs.Open(first);
            return second is null ? (a.Before(), a, runs.Faults) : (a, runs.Open(second), runs.Faults);
        }

        var others = new RunArguments(context);
        var both = await Task.WhenAll(Task.Run(() => runs.Open(first)), Task.Run(() => others.Open(second))).ConfigureAwait(false);
        return (both[0], both[1], runs.Faults.Concat(others.Faults));
    }
}
