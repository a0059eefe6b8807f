using OpsManager.Configuration.Yaml;


namespace OpsManager.Configuration.Keymaps;

/// <summary>One thing that can be done: what it is called and what it is for. Its keys come from the keymap.</summary>
/// <param name="Label">One or two words, for the hint bar.</param>
/// <param name="Help">A sentence, for the help and docs/keys.md.</param>
/// <param name="Hint">Where the hint bar shows it while there is room.</param>
public sealed record Binding(
    ActionId Action, string Label, string Help, HintPlace Hint = HintPlace.Nowhere, KeyContext Context = KeyContext.Screen)
{
    /// <summary>The action's name in keymap files and in the palette.</summary>
    public string Name { get; } = Kebab.From(Action.ToString());
}
