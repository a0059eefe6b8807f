using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Manual;

namespace OpsManager.Verbs;

/// <summary><c>help VERB</c>: the same as <c>VERB --help</c>.</summary>
internal static class HelpVerb
{
    public static Command Command(VerbContext context)
    {
        var named = new Argument<string[]>("verb")
        {
            HelpName = "VERB",
            Description = "The verb, such as status or incident show. Default: the screen and the list of verbs.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        return new Command(VerbEntry.Help, "Show what a verb does, and its options.") { named }.Does((args, output, _) =>
        {
            HelpPrinter.Print(
                Find(VerbEntry.From(args.RootCommandResult.Command), args.GetValue(named) ?? []), context, output);
            return Task.FromResult(ExitCodes.Ok);
        });
    }

    /// <exception cref="ContractException">There is no such verb.</exception>
    private static VerbEntry Find(VerbEntry root, string[] words) => words.Aggregate(root, static (above, word) =>
        above.Verbs.FirstOrDefault(one => one.Words[^1] == word || one.Aliases.Contains(word, StringComparer.Ordinal))
        ?? throw new ContractException(
            "usage",
            $"there is no verb {SettingsYaml.Quote(word)}"
                + (NearestName.Find(word, above.Verbs.Select(static one => one.Words[^1])) is { } near
                    ? $"; did you mean \"{near}\"?"
                    : $"; \"{above.Command} --help\" lists them")));
}
