using OpsManager.Tui.Settings;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Tui.Keys;

/// <summary>Which keys ask for which action, in each context.</summary>
public sealed class Keymap
{
    private readonly Dictionary<(KeyContext, KeySequence), ActionId> bySequence = [];
    private readonly Dictionary<(KeyContext, KeySequence), ActionId> beginnings = [];
    private readonly Dictionary<ActionId, List<string>> byAction = [];

    public string Name { get; }

    private Keymap(string name) => Name = name;

    /// <summary>What the keys pressed so far ask for.</summary>
    public KeyMatch Find(KeyContext context, KeySequence pressed) =>
        bySequence.TryGetValue((context, pressed), out var action) ? new(action, false) : new(null, beginnings.ContainsKey((context, pressed)));

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
                keymap.Add(file, node, binding);
            }
        }

        return keymap;
    }

    private void Add(string file, YamlNode node, Binding binding)
    {
        var text = SettingsYaml.Scalar(file, node);
        if (!KeySequence.TryParse(text, out var sequence))
        {
            throw SettingsYaml.Fault(file, node, $"\"{text}\" is no key; write for example j, G, Ctrl+D, PageDown, Esc, or keys one after the other as \"g g\"");
        }

        var at = (binding.Context, sequence);
        if (!bySequence.TryAdd(at, binding.Action))
        {
            throw SettingsYaml.Fault(file, node, $"the key {text} has two actions: {Bindings.Of(bySequence[at]).Name} and {binding.Name}");
        }

        foreach (var beginning in sequence.Beginnings())
        {
            beginnings.TryAdd((binding.Context, beginning), binding.Action);
        }

        if (Hidden(binding.Context) is var (shorter, longer))
        {
            throw SettingsYaml.Fault(file, node, $"the key {text} is also the beginning of another: {Bindings.Of(shorter).Name} and {Bindings.Of(longer).Name} cannot both be reached");
        }

        if (!byAction.TryGetValue(binding.Action, out var keys))
        {
            byAction[binding.Action] = keys = [];
        }

        keys.Add(sequence.Text);
    }

    private (ActionId Shorter, ActionId Longer)? Hidden(KeyContext context)
    {
        foreach (var ((place, sequence), action) in bySequence)
        {
            if (place == context && beginnings.TryGetValue((place, sequence), out var longer))
            {
                return (action, longer);
            }
        }

        return null;
    }
}

/// <summary>What a sequence of keys asks for: an action, or more keys, or nothing.</summary>
public readonly record struct KeyMatch(ActionId? Action, bool IsBeginning);
