using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Guides;

namespace OpsManager.Cli;

/// <summary>The tables of docs/findings.md: one for each topic.</summary>
internal static class FindingsMarkdown
{
    /// <summary>Lines without newlines at their ends.</summary>
    public static IEnumerable<string> Lines(CodeTopic topic, Keymap keymap)
    {
        var guides = CodeGuides.All.Where(guide => guide.Topic == topic).ToArray();
        var hasEvidence = guides.Any(static guide => guide.Evidence.Length > 0);
        var hasToDo = guides.Any(static guide => guide.ToDo.Length > 0);
        string[] columns =
        [
            hasEvidence ? "code" : topic == CodeTopic.Gate ? "gate" : "word", topic == CodeTopic.Gate ? "what it checks" : "what it means",
            .. hasEvidence ? ["evidence"] : Array.Empty<string>(), .. hasToDo ? ["what to do"] : Array.Empty<string>(),
        ];
        yield return Row(columns);
        yield return Row(columns.Select(static _ => "---"));
        foreach (var guide in guides)
        {
            yield return Row(
            [
                $"`{guide.Code}`", Text(guide.Meaning), .. hasEvidence ? [guide.Evidence] : Array.Empty<string>(),
                .. hasToDo ? [Text(guide.ToDo)] : Array.Empty<string>(),
            ]);
        }

        string Text(string text) => ActionText.WithKeys(text, keymap, "`");
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
