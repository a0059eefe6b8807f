using System.CommandLine;
using System.Text.Json;
using OpsManager.Cli;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Core.Guides;

namespace OpsManager.Verbs;

/// <summary><c>explain</c>: what a code means, its evidence, and what to do; or a list of all codes.</summary>
internal static class ExplainVerb
{
    /// <summary>Codes that are offered where part of one was typed.</summary>
    private const int MaxAlike = 4;

    public static Command Command(VerbContext context)
    {
        var code = new Argument<string?>("code")
        {
            Description = "A finding such as process_gone, a reason of health, a gate, a word of a gate or outcome, or a state of a run.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var keymap = CommonOptions.Keymap();
        var json = CommonOptions.Json();
        return new Command(
            VerbNames.Explain,
            "Explain a code that an alert or a file shows; without one, list them all.") { code, keymap, json }.Does(
            async (args, output, _) =>
        {
            var keys = KeysVerb.Chosen(context, args.GetValue(keymap)).Keymap;
            var found = args.GetValue(code) is { } wanted ? Find(wanted) : CodeGuides.All;
            var report = new ExplainReport([.. found.Select(guide => ExplainedCode.From(guide, keys))]);
            IEnumerable<string> lines = args.GetValue(json) ? [JsonSerializer.Serialize(report, CliJson.Plain.ExplainReport)]
                : args.GetValue(code) is null ? List(report) : report.Codes.SelectMany(Page);
            foreach (var line in lines)
            {
                await output.WriteLineAsync(line).ConfigureAwait(false);
            }

            return ExitCodes.Ok;
        });
    }

    /// <exception cref="ContractException">There is no such code.</exception>
    private static IReadOnlyList<CodeGuide> Find(string code) =>
        CodeGuides.Find(code) is { Count: > 0 } found ? found : throw Unknown(code);

    private static ContractException Unknown(string code)
    {
        string[] codes = [.. CodeGuides.All.Select(static guide => guide.Code).Distinct(StringComparer.Ordinal)];
        string[] alike = [.. codes.Where(known => known.Contains(code, StringComparison.OrdinalIgnoreCase)).Take(MaxAlike)];
        var meant = alike.Length > 0 ? alike : NearestName.Find(code, codes) is { } near ? [near] : [];
        var hint = meant.Length > 0 ? $"did you mean {string.Join(" or ", meant)}? " : "";
        return new(
            "usage", $"there is no code \"{SafeText.Clean(code)}\"; {hint}ops-manager {VerbNames.Explain} lists them all");
    }

    private static IEnumerable<string> List(ExplainReport report) => TextTable.Lines(
        [["CODE", "ABOUT", "WHAT IT MEANS"], .. report.Codes.Select(static code => new[] { code.Code, code.About, code.Meaning })]);

    private static IEnumerable<string> Page(ExplainedCode code)
    {
        yield return $"{code.Code} ({code.About})";
        yield return $"  {code.Meaning}";
        if (code.Evidence.Length > 0)
        {
            yield return $"  evidence    {code.Evidence}";
        }

        if (code.ToDo.Length > 0)
        {
            yield return $"  what to do  {code.ToDo}";
        }

        if (code.Keys.Count > 0)
        {
            yield return $"  keys        {string.Join(" · ", code.Keys.Select(static key => $"{key.Key} {key.Label}"))}";
        }

        yield return $"  more        {code.Document}";
    }
}
