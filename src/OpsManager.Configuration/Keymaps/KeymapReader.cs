using OpsManager.Configuration.Yaml;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Keymaps;

/// <summary>Finds the keymap called <paramref name="name"/> that <paramref name="asking"/> builds on; null where there is none.</summary>
public delegate SettingsFile? BaseFinder(SettingsFile asking, string name);

/// <summary>Reads keymap files, each over its base, and refuses what could not be pressed.</summary>
internal sealed class KeymapReader(BaseFinder findBase)
{
    private const int MaxSequence = 4;

    /// <summary>
    /// Actions that need a key: without them nobody could leave the screen, a typed line or the box that asks.
    /// </summary>
    private static readonly ActionId[] Needed = [ActionId.Quit, ActionId.Help, ActionId.Cancel, ActionId.LeaveConfirm];

    private static readonly ActionId[] Openers = [ActionId.ApproveRun, ActionId.RejectRun, ActionId.CancelRun];

    private static readonly Dictionary<string, Binding> ByName = Bindings.All.ToDictionary(static binding => binding.Name);

    private readonly List<string> chain = [];

    /// <inheritdoc cref="Keymap.Read"/>
    public Keymap Read(SettingsFile source)
    {
        var file = source.File;
        chain.Add(file);
        var root = SettingsYaml.Root(file, source.Text);
        SettingsYaml.Only(file, root, "name", "base", "keys");
        var name = SettingsYaml.Text(file, root, "name");
        var under = Base(source, root);
        var keys = SettingsYaml.Mapping(file, root, "keys");
        Dictionary<ActionId, YamlNode> own = [];
        foreach (var (key, value) in keys.Children)
        {
            own.Add(ActionOf(file, key), value);
        }

        var table = new Table(file);
        foreach (var binding in Bindings.All.Where(binding => under is not null && !own.ContainsKey(binding.Action)))
        {
            foreach (var sequence in under!.SequencesOf(binding.Action))
            {
                table.Add(binding, sequence, keys);
            }
        }

        foreach (var (action, value) in own)
        {
            foreach (var node in value is YamlSequenceNode list ? list.Children : [value])
            {
                table.Add(Bindings.For(action), SequenceOf(file, node, Bindings.For(action)), node);
            }
        }

        foreach (var action in Needed.Where(action => !table.ByAction.ContainsKey(action)))
        {
            throw SettingsYaml.Fault(file, own.GetValueOrDefault(action, keys), $"{Bindings.For(action).Name} must have a key");
        }

        CheckSend(file, table, own.GetValueOrDefault(ActionId.Send, keys));
        return new Keymap(
            name, table.ByAction.ToDictionary(static entry => entry.Key, static entry => (IReadOnlyList<KeySequence>)entry.Value));
    }

    /// <summary>A key that opens the box, pressed twice or held, must not be the one that sends.</summary>
    private static void CheckSend(string file, Table table, YamlNode node)
    {
        foreach (var key in table.ByAction.GetValueOrDefault(ActionId.Send, []).SelectMany(static sequence => sequence.Keys))
        {
            foreach (var opener in Openers.Where(
                opener => table.ByAction.GetValueOrDefault(opener, []).Any(sequence => sequence.Keys.Contains(key))))
            {
                throw SettingsYaml.Fault(
                    file, node, $"{key.Text} opens the box that asks ({Bindings.For(opener).Name}), so it cannot send");
            }
        }
    }

    private Keymap? Base(SettingsFile source, YamlMappingNode root)
    {
        var node = SettingsYaml.Find(root, "base");
        var name = node is null ? "default" : SettingsYaml.Scalar(source.File, node);
        if (name == "none")
        {
            return null;
        }

        var found = findBase(source, name)
            ?? throw SettingsYaml.Fault(source.File, node ?? root, $"the base {SettingsYaml.Quote(name)} is not a keymap");
        return chain.Contains(found.File)
            ? throw SettingsYaml.Fault(
                source.File, node ?? root, $"keymaps build on each other in a circle: {string.Join(" on ", chain)} on {found.File}")
            : Read(found);
    }

    private static ActionId ActionOf(string file, YamlNode key)
    {
        var word = SettingsYaml.Scalar(file, key);
        return ByName.TryGetValue(word, out var binding)
            ? binding.Action
            : throw SettingsYaml.Fault(
                file, key, $"there is no action {SettingsYaml.Quote(word)}; {NearestName.Hint(word, ByName.Keys, "actions")}");
    }

    private static KeySequence SequenceOf(string file, YamlNode node, Binding binding)
    {
        var text = SettingsYaml.Scalar(file, node);
        if (!KeySequence.TryParse(text, out var sequence))
        {
            throw SettingsYaml.Fault(
                file, node,
                $"{SettingsYaml.Quote(text)} is not a key; write for example j, G, Ctrl+D, PageDown, Esc, or keys one after the other as "
                    + $"\"g g\"");
        }

        if (sequence.Keys.Count > MaxSequence)
        {
            throw SettingsYaml.Fault(
                file, node, $"{SettingsYaml.Quote(text)} is too long: at most {MaxSequence} keys one after the other");
        }

        foreach (var key in sequence.Keys)
        {
            if (KeyDelivery.Obstacle(key) is { } obstacle)
            {
                throw SettingsYaml.Fault(file, node, $"a terminal cannot send {key.Text}: {obstacle}");
            }
        }

        if (binding.Context == KeyContext.Prompt && KeyText.IsTyped(sequence.Keys[0]))
        {
            throw SettingsYaml.Fault(
                file, node, $"{sequence.Text} types a character while a line is typed, so {binding.Name} cannot have it");
        }

        if (binding.Context == KeyContext.Confirm && KeyText.IsDigit(sequence.Keys[0]))
        {
            throw SettingsYaml.Fault(file, node, $"{sequence.Text} is typed to cancel a run, so {binding.Name} cannot have it");
        }

        if (binding.Action == ActionId.Send && (sequence.Keys.Count > 1 || !KeyText.IsLetter(sequence.Keys[0])))
        {
            throw SettingsYaml.Fault(
                file, node, $"{sequence.Text} cannot send: the key for send must be one letter, so that no other key sends by mistake");
        }

        return sequence;
    }

    /// <summary>The keys so far, each with one action, and none of them the beginning of another.</summary>
    private sealed class Table(string file)
    {
        private readonly Dictionary<(KeyContext, KeySequence), Binding> bySequence = [];
        private readonly Dictionary<(KeyContext, KeySequence), (Binding Binding, KeySequence Whole)> beginnings = [];

        public Dictionary<ActionId, List<KeySequence>> ByAction { get; } = [];

        public void Add(Binding binding, KeySequence sequence, YamlNode node)
        {
            var at = (binding.Context, sequence);
            if (!bySequence.TryAdd(at, binding))
            {
                var other = bySequence[at];
                throw SettingsYaml.Fault(file, node, other == binding
                    ? $"{binding.Name} has the key {sequence.Text} twice"
                    : $"the key {sequence.Text} has two actions: {other.Name} and {binding.Name}; give one of them other keys");
            }

            if (beginnings.TryGetValue(at, out var longer))
            {
                throw Hidden(node, (binding, sequence), longer);
            }

            foreach (var beginning in sequence.Beginnings())
            {
                if (bySequence.TryGetValue((binding.Context, beginning), out var shorter))
                {
                    throw Hidden(node, (shorter, beginning), (binding, sequence));
                }

                beginnings.TryAdd((binding.Context, beginning), (binding, sequence));
            }

            if (!ByAction.TryGetValue(binding.Action, out var keys))
            {
                ByAction[binding.Action] = keys = [];
            }

            keys.Add(sequence);
        }

        private SettingsException Hidden(
            YamlNode node, (Binding Binding, KeySequence Keys) shorter, (Binding Binding, KeySequence Keys) longer) => SettingsYaml.Fault(
            file, node,
            $"{shorter.Keys.Text} ({shorter.Binding.Name}) is the beginning of {longer.Keys.Text} ({longer.Binding.Name}): "
                + $"the longer one could never be pressed");
    }
}
