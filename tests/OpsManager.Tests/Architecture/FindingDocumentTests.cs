using System.Reflection;
using OpsManager.Cli;
using OpsManager.Configuration.Keymaps;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Guides;
using OpsManager.Tui.Content;
using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>docs/findings.md is made of the guides, and there is a guide for every code and word that an operator meets.</summary>
public sealed class FindingDocumentTests
{
    private static readonly string Document = RepoRoot.Combine("docs", "findings.md");

    public static TheoryData<string> Codes => [.. WordsOf(typeof(FindingCodes))];

    public static TheoryData<string> Words =>
    [
        "ok", "failed", "skipped", "remaining", "unknown", "pending", "approved", "rejected", "none", "running", "paused", "waiting",
        "complete", "stopped", "idle", .. WordsOf(typeof(OutcomeWords)),
    ];

    /// <summary>As the list of runs has them.</summary>
    public static TheoryData<string> States =>
    [
        .. Enum.GetValues<Lifecycle>().Select(static state => LifecycleStyle.For(state).Word),
        "paused", DecisionWords.Approved, DecisionWords.Rejected,
    ];

    public static TheoryData<CodeTopic> Topics => [.. Enum.GetValues<CodeTopic>()];

    public static TheoryData<string> Guided => [.. CodeGuides.All.Select(static guide => guide.Code).Distinct()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_finding_has_all_parts(string code)
    {
        var guide = Assert.Single(CodeGuides.Find(code));
        Assert.Matches("^[A-Z].{20,}[.]$", guide.Meaning);
        Assert.Equal(2, guide.Meaning.Split(". ").Length);
        Assert.Matches(".{5,}[^.]$", guide.Evidence);
        Assert.Matches("^[A-Z].{8,}[.]$", guide.ToDo);
        Assert.NotEmpty(guide.Actions);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Each_word_says_what_it_means(string word) =>
        Assert.All(CodeGuides.Find(word), static guide => Assert.Matches("^[A-Z].{8,}[.]$", guide.Meaning));

    [Theory]
    [MemberData(nameof(Guided))]
    public void A_guide_names_only_actions_that_exist(string code) => Assert.All(CodeGuides.Find(code), static guide =>
    {
        Assert.All(guide.Actions, static action => Assert.NotNull(Bindings.Find(action)));
        var texts = ActionText.WithKeys($"{guide.Meaning} {guide.ToDo}", KeymapCatalog.Shipped("default"));
        Assert.DoesNotContain("{", texts, StringComparison.Ordinal);
        Assert.DoesNotContain("(:", texts, StringComparison.Ordinal);
    });

    [Theory]
    [MemberData(nameof(States))]
    public void Each_state_that_the_list_shows_is_explained(string word) =>
        Assert.Contains(CodeGuides.Find(word), static guide => guide.Topic == CodeTopic.State);

    [Fact]
    public void No_guide_is_of_a_code_that_does_not_exist() => Assert.All(
        CodeGuides.All.Where(static guide => guide.Code.Contains('_', StringComparison.Ordinal)),
        static guide => Assert.Contains(
            guide.Code, guide.Topic == CodeTopic.Health ? WordsOf(typeof(HealthCodes)) : WordsOf(typeof(FindingCodes))));

    [Fact]
    public void Each_reason_of_health_is_explained() =>
        Assert.All(WordsOf(typeof(HealthCodes)), static code => Assert.NotEmpty(CodeGuides.Find(code)));

    [Theory]
    [MemberData(nameof(Topics))]
    public void The_document_is_made_of_the_guides(CodeTopic topic)
    {
        var text = File.ReadAllText(Document);
        var begin = $"<!-- begin {topic} -->\n";
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.InRange(from, begin.Length, text.Length);
        var to = text.IndexOf("<!-- end -->", from, StringComparison.Ordinal);
        var table = string.Concat(FindingsMarkdown.Lines(topic, KeymapCatalog.Shipped("default")).Select(static line => line + "\n"));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Document, text[..from] + table + text[to..]);
            return;
        }

        Assert.True(text[from..to] == table, "docs/findings.md is stale: write it anew with UPDATE_GOLDEN=1 dotnet test");
        Assert.Contains($"\n## {CodeTopics.TitleOf(topic)}\n", text, StringComparison.Ordinal);
    }

    private static string[] WordsOf(Type words) =>
        [.. words.GetFields(BindingFlags.Public | BindingFlags.Static).Select(static word => (string)word.GetRawConstantValue()!)];
}
