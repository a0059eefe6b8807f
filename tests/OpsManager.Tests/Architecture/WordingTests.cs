using System.Text.RegularExpressions;
using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>
/// CONTRIBUTING.md, "Words": what people read has one word for one thing. Texts in src are read literal by literal, documents line by
/// line without code. The list has the phrases that made an operator read twice, each with what to write instead.
/// </summary>
public sealed partial class WordingTests
{
    /// <summary>What may not come back, and what to write instead.</summary>
    private static readonly (Regex Phrase, string Instead)[] Banned =
    [
        (Phrase(@"\blives\b"), "a process \"is running\""),
        (Phrase(@"\b(is|are|was|were) gone\b"), "a process \"has exited\", a file \"was removed\" or \"is missing\""),
        (Phrase(@"\bnames (loop|process|this|no process|no run)\b"), "\"active-run.json says process N runs this loop\""),
        (Phrase(@"\bno process claims\b"), "say what active-run.json says"),
        (Phrase(@"\bcame of\b"), "\"the result\""),
        (Phrase(@"\bstands? (in|there|below|above|where|before|elsewhere|twice)\b"), "\"is in\", \"is there\""),
        (Phrase(@"\b(bears?|borne?) (it |that )?out\b"), "\"the artifacts show it\""),
        (Phrase(@"\bleft alone\b"), "\"unreachable\", \"asleep\", \"not polled\""),
        (Phrase(@"\bsnapshots alone\b"), "\"snapshot-only mode\", \"snapshots only\""),
        (Phrase(@"\b(arm|arms|armed|arming) (\S+ ){0,3}again\b"), "\"re-arm\", \"re-armed\""),
        (Phrase(@"\b(step|steps|stepped) back\b"), "\"roll back\", \"rolled back\""),
        (Phrase(@"\b(take|takes|taken|took) (it |them )?up\b"), "a run \"consumes\" a decision"),
        (Phrase(@"\bany more\b"), "\"no longer\""),
        (Phrase(@"\banew\b"), "\"again\""),
        (Phrase(@"\bover there\b"), "\"on the sprite\""),
        (Phrase(@"\b(rungs?|verdicts?|rulings?|folded)\b"), "a word of the code: say what people see"),
        (Phrase(@"\bnot now:|^what waits$"), "\"unavailable\", \"request\""),
        (Phrase(@"\{\} \w+s were\b"), "Counts.Were, so that one line \"was\" read"),
        (Phrase(@"\(differs\)"), "what it says, and what it should say"),
        (Phrase(@"\bother text is\b|\bis another (log|process)\b"), "\"the log was replaced\", \"a later process has its number\""),
        (Phrase(@"\bin the model\b|\bthe model disagrees\b"), "\"as shown\": a model is a word of the code"),
        (Phrase(@"\bgo(es)? (together|neither)\b"), "\"cannot be used with\""),
        (Phrase(@"\bkey takes over\b|\bkeys are yours\b"), "\"the first key ends the tour\""),
        (Phrase(@"(?<!re-)\barmed\b"), "\"re-armed\""),
        (Phrase(@"\brows? of ours\b"), "\"rows of ops-manager\""),
        (Phrase(@"\blooks? again at\b"), "\"replays\""),
        (Phrase(@"\b(is|was|are|were) said (of|to|back)\b"), "say who says it, or \"a message says\""),
        (Phrase(@"\bgoes on \w+ing\b"), "\"continues\""),
        (Phrase(@"\bbehind (the|a) cursor\b|\bbehind line\b"), "\"after\""),
        (Phrase(@"\bpaused \d"), "\"paused, speed 4x\": \"paused 4x\" reads as a count"),
        (Phrase(@"\bnext try is within\b"), "how long nothing is sent, or when the next try is"),
    ];

    /// <summary>What may not come back in a comment of the code: a new developer would read it twice.</summary>
    private static readonly (Regex Phrase, string Instead)[] BannedInComments =
    [
        (Phrase(@"\bwhat (came|comes|became) of\b"), "\"the result of\""),
        (Phrase(@"\b(arm|arms|armed|arming) (\S+ ){0,3}again\b"), "\"re-arm\""),
        (Phrase(@"\banew\b"), "\"again\""),
        (Phrase(@"\bover there\b"), "\"on the sprite\""),
        (Phrase(@"\b(step|steps|stepped) back from (a|the) loop\b"), "\"roll the loop back\""),
        (Phrase(@"\bbears? (\S+ ){0,3}out\b"), "\"shows\""),
        (Phrase(@"\bas people are told\b"), "\"as messages name it\""),
        (Phrase(@"\bany more\b"), "\"no longer\""),
    ];

    /// <summary>Where such a phrase is quoted or fixed by the contract, each with its reason. The list may only shrink.</summary>
    private static readonly (string File, string Text, string Why)[] Allowed =
    [
        ("src/OpsManager.Control/Storage/ManagerFiles.cs", "move the file away to start anew", "docs/contract.md fixes this message"),
        ("CONTRIBUTING.md", "not \"process 17142 lives\"", "the example of what not to write"),
    ];

    /// <summary>Documents that people read; docs/architecture.md explains the words of the code, and is not one of them.</summary>
    private static IEnumerable<string> Documents =>
    [
        "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "sample-runs/README.md",
        .. RepoRoot.Files("docs", "*.md").Where(static file => file != "docs/architecture.md"),
    ];

    [Fact]
    public void No_text_in_the_code_has_a_phrase_that_made_people_stumble() =>
        Report(RepoRoot.Files("src", "*.cs").SelectMany(static file => Lines(file).SelectMany(TextsIn).Select(text => (file, text))));

    [Fact]
    public void No_sentence_in_a_document_has_a_phrase_that_made_people_stumble() =>
        Report(Documents.SelectMany(static file => Sentences(Lines(file)).Select(text => (file, text))));

    [Fact]
    public void No_comment_in_the_code_has_a_phrase_that_made_developers_stumble() =>
        Report(
            RepoRoot.Files("src", "*.cs").SelectMany(static file => Lines(file).Where(IsComment).Select(text => (file, text))),
            BannedInComments);

    [Fact]
    public void What_is_allowed_is_still_there() =>
        Assert.All(Allowed, static one => Assert.Contains(one.Text, string.Join('\n', Lines(one.File)), StringComparison.Ordinal));

    [Theory]
    [InlineData("""var text = $"process {pid} lives";""", true)]
    [InlineData("""var text = $"by {name ?? "nobody"}: what came of it";""", true)]
    [InlineData("""// process 7 lives""", false)]
    [InlineData("""var text = $"{loop.Verdict} failed";""", false)]
    [InlineData("""var lives = "process 7 is running";""", false)]
    [InlineData("""var text = $"{count} lines were read";""", true)]
    [InlineData("""var text = $"{Counts.Were(count, "line")} read";""", false)]
    public void What_is_a_text_in_a_line(string line, bool isBanned) =>
        Assert.Equal(isBanned, TextsIn(line).Any(static text => Banned.Any(one => one.Phrase.IsMatch(text))));

    private static void Report(IEnumerable<(string File, string Text)> texts) => Report(texts, Banned);

    private static void Report(IEnumerable<(string File, string Text)> texts, (Regex Phrase, string Instead)[] phrases)
    {
        var found =
            from text in texts
            where !Array.Exists(Allowed, one => one.File == text.File && text.Text.Contains(one.Text, StringComparison.Ordinal))
            from banned in phrases
            where banned.Phrase.IsMatch(text.Text)
            select $"{text.File}: \"{text.Text.Trim()}\": write {banned.Instead}";

        Assert.Empty(found);
    }

    private static string[] Lines(string file) => File.ReadAllLines(RepoRoot.Combine(file));

    private static bool IsComment(string line) => line.TrimStart().StartsWith("//", StringComparison.Ordinal);

    /// <summary>What is between quotes, without the code in its braces: every second piece of a line that is cut at its quotes.</summary>
    private static IEnumerable<string> TextsIn(string line) => IsComment(line)
        ? []
        : Quote().Split(line).Where(static (_, index) => index % 2 == 1).Select(static text => Hole().Replace(text, "{}"));

    /// <summary>Lines of a document without its blocks of code; what is in backticks is a word of the contract.</summary>
    private static IEnumerable<string> Sentences(IEnumerable<string> lines)
    {
        var isCode = false;
        foreach (var line in lines)
        {
            isCode ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (!isCode)
            {
                yield return Code().Replace(line, "`");
            }
        }
    }

    private static Regex Phrase(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"(?<!\\)""")]
    private static partial Regex Quote();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();
}
