using OpsManager.Configuration.Keymaps;


namespace OpsManager.Cli;

/// <summary>The tables of docs/keys.md: one for each context, a column for each keymap.</summary>
internal static class KeysMarkdown
{
    /// <summary>Lines without newlines at their ends.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Keymap> keymaps)
    {
        foreach (var context in Enum.GetValues<KeyContext>())
        {
            if (context != default)
            {
                yield return "";
            }

            yield return context switch
            {
                KeyContext.Screen => "### On the screen",
                KeyContext.Replay => "### On the panes of a replay",
                KeyContext.Pager => "### In the pager",
                KeyContext.Prompt => "### While a line is typed",
                _ => "### In the box that asks before something is sent",
            };
            yield return "";
            yield return Row(["action", .. keymaps.Select(static keymap => keymap.Name), "what it does"]);
            yield return Row(Enumerable.Repeat("---", keymaps.Count + 2));
            foreach (var binding in Bindings.All.Where(binding => binding.Context == context))
            {
                yield return Row([$"`{binding.Name}`", .. keymaps.Select(keymap => Cell(keymap, binding)), binding.Help]);
            }
        }
    }

    private static string Row(IEnumerable<string> cells) =>
        $"{string.Concat(cells.Select(static cell => cell.Length == 0 ? "| " : $"| {cell} "))}|";

    // A bar would end the cell, in code too.
    private static string Cell(Keymap keymap, Binding binding) =>
        string.Join(", ", keymap.KeysOf(binding.Action).Select(static key => $"`{key.Replace("|", "\\|", StringComparison.Ordinal)}`"));
}
