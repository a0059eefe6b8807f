using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Yaml;


namespace OpsManager.Verbs;

/// <summary>What <c>keys --json</c> prints.</summary>
/// <param name="Keymap">The keymap's name.</param>
/// <param name="File">The file it came from; <c>keymaps/…</c> is shipped.</param>
internal sealed record KeysReport(string Keymap, string File, IReadOnlyList<KeysRow> Actions)
{
    public static KeysReport Create(Keymap keymap, string file) => new(keymap.Name, file,
    [
        .. Bindings.All.Select(binding =>
            new KeysRow(binding.Name, keymap.KeysOf(binding.Action), Kebab.From(binding.Context.ToString()), binding.Label, binding.Help)),
    ]);
}

/// <summary>An action with its keys.</summary>
internal sealed record KeysRow(string Action, IReadOnlyList<string> Keys, string Context, string Label, string Help);
