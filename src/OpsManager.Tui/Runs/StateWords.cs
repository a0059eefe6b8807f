using OpsManager.Tui.Palette;

namespace OpsManager.Tui.Runs;

/// <summary>What the word under the cursor of the filter of the run list may become: <c>is:</c> with one of the states.</summary>
internal static class StateWords
{
    public static IReadOnlyList<Choice> Choices(PromptState prompt)
    {
        var start = prompt.Text.AsSpan(0, prompt.Cursor).LastIndexOf(' ') + 1;
        var (before, word, after) = (prompt.Text[..start], prompt.Text[start..prompt.Cursor], prompt.Text[prompt.Cursor..]);
        var inverts = word.StartsWith('!');
        var plain = inverts ? word[1..] : word;
        return !plain.StartsWith(RunFilter.Is, StringComparison.OrdinalIgnoreCase) ? [] :
        [
            .. RunFilter.States
                .Select(static state => RunFilter.Is + state)
                .Where(known => known.StartsWith(plain, StringComparison.OrdinalIgnoreCase) && known.Length > plain.Length)
                .Select(known => new Choice($"{before}{(inverts ? "!" : "")}{known}{after}", "", "", null, new Typed(""))),
        ];
    }
}
