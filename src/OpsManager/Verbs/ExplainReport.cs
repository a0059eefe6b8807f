using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Guides;

namespace OpsManager.Verbs;

/// <summary>What <c>explain --json</c> prints.</summary>
internal sealed record ExplainReport(IReadOnlyList<ExplainedCode> Codes);

/// <summary>A code with what it says to people; texts have the keys of the keymap that is in force.</summary>
/// <param name="About">The section of docs/findings.md that it is in.</param>
internal sealed record ExplainedCode(
    string Code, string About, string Meaning, string Evidence, string ToDo, IReadOnlyList<ExplainedKey> Keys, string Document)
{
    public static ExplainedCode From(CodeGuide guide, Keymap keymap) => new(
        guide.Code, CodeTopics.TitleOf(guide.Topic), ActionText.WithKeys(guide.Meaning, keymap), guide.Evidence,
        ActionText.WithKeys(guide.ToDo, keymap),
        [.. guide.Actions.Select(action => new ExplainedKey(ActionText.KeyOf(action, keymap), Bindings.Find(action)!.Label))],
        guide.Document);
}

/// <summary>A key on the screen that helps.</summary>
internal sealed record ExplainedKey(string Key, string Label);
