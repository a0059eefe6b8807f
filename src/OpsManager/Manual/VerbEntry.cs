using System.CommandLine;

namespace OpsManager.Manual;

/// <summary>
/// A verb as the help, the documents, the man page and the completions have it; the root of the command line is the one without a
/// name. Made of the command tree, so that nothing is described twice.
/// </summary>
/// <param name="Words">What is typed after the name of the program: <c>incident</c>, <c>show</c>; empty for the screen.</param>
/// <param name="IsGroup">It does nothing without one of its verbs.</param>
internal sealed record VerbEntry(
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Aliases,
    string About,
    IReadOnlyList<ArgumentEntry> Arguments,
    IReadOnlyList<FlagEntry> Flags,
    IReadOnlyList<VerbEntry> Verbs,
    bool IsGroup)
{
    public const string Program = "ops-manager";

    /// <summary>The verb that shows the help of another one.</summary>
    public const string Help = "help";

    public bool IsRoot => Words.Count == 0;

    /// <summary>What is typed, without the name of the program; empty for the screen.</summary>
    public string Path => string.Join(' ', Words);

    /// <summary>What is typed, all of it.</summary>
    public string Command => string.Join(' ', Words.Prepend(Program));

    /// <summary>One line: what is required, and what may be added.</summary>
    public string Usage => IsGroup ? $"{Command} VERB"
        : IsRoot ? $"{Program} [VERB | {string.Join(' ', Arguments.Select(static one => one.Usage.Trim('[', ']')))}] [options]"
        : string.Join(' ', [
            Command,
            .. Arguments.Select(static one => one.Usage),
            .. Flags.Where(static flag => flag.IsRequired).Select(static flag => $"{flag.Name} {flag.Value}"),
            "[options]"]);

    /// <summary>This one and all below it.</summary>
    public IEnumerable<VerbEntry> All => Verbs.SelectMany(static verb => verb.All).Prepend(this);

    /// <summary>All of the command line.</summary>
    /// <param name="root">Its command that no other one has.</param>
    public static VerbEntry From(Command root) => From(root, [], []);

    /// <summary>One verb with the options that it has from above.</summary>
    public static VerbEntry From(Command root, IReadOnlyList<string> words) =>
        From(root).All.Single(verb => verb.Words.SequenceEqual(words, StringComparer.Ordinal));

    private static VerbEntry From(Command command, string[] words, Option[] inherited)
    {
        Option[] recursive = [.. inherited, .. command.Options.Where(static option => option.Recursive)];
        return new(
            words,
            [.. command.Aliases.Order(StringComparer.Ordinal)],
            command.Description ?? "",
            [.. command.Arguments.Where(static one => !one.Hidden).Select(ArgumentEntry.From)],
            [.. command.Options.Where(static one => !one.Recursive).Concat(recursive).Where(static one => !one.Hidden)
                .OrderBy(static one => one.Required ? 0 : one.Recursive || one is VersionOption ? 2 : 1).Select(FlagEntry.From)],
            [.. command.Subcommands.Where(static one => !one.Hidden).Select(below => From(below, [.. words, below.Name], recursive))],
            command.Action is null);
    }
}
