using OpsManager.Tui.Settings;
using Terminal.Gui.Input;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Tui.Keys;

/// <summary>Which keys ask for which action.</summary>
public sealed class Keymap
{
    private readonly Dictionary<Key, ActionId> byKey = [];
    private readonly Dictionary<ActionId, List<string>> byAction = [];

    public string Name { get; }

    private Keymap(string name) => Name = name;

    /// <summary>The action of a key; null where it has none.</summary>
    public ActionId? ActionOf(Key key) => byKey.TryGetValue(key, out var action) ? action : null;

    /// <summary>The keys of an action, the first one first, as they are shown.</summary>
    public IReadOnlyList<string> KeysOf(ActionId action) => byAction.TryGetValue(action, out var keys) ? keys : [];

    /// <summary>Reads a keymap: <c>name</c>, and under <c>keys</c> a list of keys for each action.</summary>
    /// <exception cref="SettingsException">An unknown action, a key that is none, or a key with two actions; the message names file and line.</exception>
    public static Keymap Read(string file, string text)
    {
        var root = SettingsYaml.Root(file, text);
        var keymap = new Keymap(SettingsYaml.Text(file, root, "name"));
        foreach (var (key, value) in SettingsYaml.Mapping(file, root, "keys").Children)
        {
            var name = SettingsYaml.Scalar(file, key);
            var binding = Bindings.All.FirstOrDefault(binding => binding.Name == name)
                ?? throw SettingsYaml.Fault(file, key, $"there is no action \"{name}\"; actions are {string.Join(", ", Bindings.All.Select(static known => known.Name))}");
            foreach (var node in value is YamlSequenceNode list ? list.Children : [value])
            {
                keymap.Add(file, node, binding.Action);
            }
        }

        return keymap;
    }

    private void Add(string file, YamlNode node, ActionId action)
    {
        var text = SettingsYaml.Scalar(file, node);
        if (!KeyText.TryParse(text, out var key))
        {
            throw SettingsYaml.Fault(file, node, $"\"{text}\" is no key; write for example j, G, Ctrl+D, PageDown, Esc");
        }

        if (!byKey.TryAdd(key, action))
        {
            throw SettingsYaml.Fault(file, node, $"the key {text} has two actions: {Bindings.Of(byKey[key]).Name} and {Bindings.Of(action).Name}");
        }

        if (!byAction.TryGetValue(action, out var keys))
        {
            byAction[action] = keys = [];
        }

        keys.Add(KeyText.Show(text));
    }
}
