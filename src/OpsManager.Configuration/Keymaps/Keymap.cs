using OpsManager.Configuration.Yaml;

namespace OpsManager.Configuration.Keymaps;

/// <summary>Which keys ask for which action, in each context.</summary>
public sealed class Keymap
{
    private readonly Dictionary<(KeyContext, KeySequence), ActionId> bySequence;
    private readonly HashSet<(KeyContext, KeySequence)> beginnings;
    private readonly Dictionary<ActionId, IReadOnlyList<KeySequence>> byAction;

    internal Keymap(string name, Dictionary<ActionId, IReadOnlyList<KeySequence>> byAction)
    {
        (Name, this.byAction) = (name, byAction);
        var bound = byAction
            .SelectMany(static entry => entry.Value.Select(sequence => (Bindings.For(entry.Key).Context, sequence, entry.Key)))
            .ToArray();
        bySequence = bound.ToDictionary(static key => (key.Context, key.sequence), static key => key.Key);
        beginnings = [.. bound.SelectMany(static key => key.sequence.Beginnings().Select(beginning => (key.Context, beginning)))];
    }

    public string Name { get; }

    /// <summary>What the keys pressed so far ask for.</summary>
    public KeyMatch Find(KeyContext context, KeySequence pressed) =>
        bySequence.TryGetValue((context, pressed), out var action)
            ? new(action, false)
            : new(null, beginnings.Contains((context, pressed)));

    /// <summary>The keys of an action, the first one first, as they are shown.</summary>
    public IReadOnlyList<string> KeysOf(ActionId action) => [.. SequencesOf(action).Select(static sequence => sequence.Text)];

    internal IReadOnlyList<KeySequence> SequencesOf(ActionId action) => byAction.TryGetValue(action, out var keys) ? keys : [];

    /// <summary>
    /// Reads a keymap: <c>name</c>; <c>base</c>, the keymap that it changes (<c>default</c> where it is absent, or <c>none</c>); and
    /// under <c>keys</c> the keys of each action, which replace all that the base gives it.
    /// </summary>
    /// <param name="findBase">Finds the file of a base for the file that asks; null where there is none.</param>
    /// <exception cref="SettingsException">
    /// An unknown action, a key that is none or cannot arrive, a key with two actions; the message names file and line.
    /// </exception>
    public static Keymap Read(string file, string text, BaseFinder? findBase = null) =>
        new KeymapReader(findBase ?? (static (_, _) => null)).Read(new(file, text));
}

/// <summary>What a sequence of keys asks for: an action, or more keys, or nothing.</summary>
public readonly record struct KeyMatch(ActionId? Action, bool IsBeginning);
