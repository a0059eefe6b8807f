namespace OpsManager.Manual;

/// <summary>What the scripts for all shells have in common: which words lead to a verb, and which options take a value.</summary>
internal sealed class CompletionTree(VerbEntry root)
{
    /// <summary>Each step from a verb to one below it, once for each name: the verb so far, the word, the verb then.</summary>
    public IEnumerable<(string From, string Word, string To)> Steps => root.All.SelectMany(static verb =>
        verb.Verbs.SelectMany(below => below.Aliases.Prepend(below.Words[^1]).Select(word => (verb.Path, word, below.Path))));

    /// <summary>The screen and every verb.</summary>
    public IEnumerable<VerbEntry> Verbs => root.All;

    /// <summary>Every option that a value follows, of any verb, once.</summary>
    public IEnumerable<string> Valued => root.All.SelectMany(static verb => verb.Flags)
        .Where(static flag => flag.Value.Length > 0)
        .SelectMany(static flag => flag.Names)
        .Distinct()
        .Order(StringComparer.Ordinal);

    /// <summary>Every option of a verb with the values that are known.</summary>
    public IEnumerable<(string Verb, string Flag, IReadOnlyList<string> Choices)> Choices => root.All.SelectMany(static verb =>
        verb.Flags.Where(static flag => flag.Choices.Count > 0).SelectMany(flag =>
            flag.Names.Select(name => (verb.Path, name, flag.Choices))));

    /// <summary>
    /// What may come in the place of an argument: the verbs below it, by every name, or the words that are known. After
    /// <c>help</c> they are the verbs.
    /// </summary>
    public IEnumerable<(string Word, string About)> Words(VerbEntry verb) =>
    [
        .. (verb.Words is [VerbEntry.Help] ? root : verb).Verbs.SelectMany(static below =>
            below.Aliases.Prepend(below.Words[^1]).Select(word => (word, below.About))),
        .. verb.Arguments.SelectMany(static one => one.Choices.Select(word => (word, one.About))),
    ];

    /// <summary>A word or a text between single quotes, for bash and zsh.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
