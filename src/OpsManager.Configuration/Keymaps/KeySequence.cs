namespace OpsManager.Configuration.Keymaps;

/// <summary>One or more keys pressed one after the other, such as "g g" or "Ctrl+X Ctrl+C".</summary>
public sealed class KeySequence : IEquatable<KeySequence>
{
    public static readonly KeySequence None = new([], "");

    private KeySequence(IReadOnlyList<KeyPress> keys, string text) => (Keys, Text) = (keys, text);

    public IReadOnlyList<KeyPress> Keys { get; }

    /// <summary>As it is shown: "g g".</summary>
    public string Text { get; }

    public KeySequence Then(KeyPress key) => From(Keys.Append(key));

    /// <summary>Every beginning of this that is shorter than it.</summary>
    public IEnumerable<KeySequence> Beginnings() =>
        Enumerable.Range(1, Math.Max(0, Keys.Count - 1)).Select(count => From(Keys.Take(count)));

    /// <summary>Reads keys with blanks between them; false where one of them is no key.</summary>
    public static bool TryParse(string text, out KeySequence sequence)
    {
        sequence = None;
        var keys = new List<KeyPress>();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!KeyText.TryParse(part, out var key))
            {
                return false;
            }

            keys.Add(key);
        }

        sequence = From(keys);
        return keys.Count > 0;
    }

    private static KeySequence From(IEnumerable<KeyPress> keys)
    {
        KeyPress[] all = [.. keys];
        return new KeySequence(all, string.Join(' ', all.Select(static key => key.Text)));
    }

    public bool Equals(KeySequence? other) => other is not null && Keys.SequenceEqual(other.Keys);

    public override bool Equals(object? obj) => Equals(obj as KeySequence);

    public override int GetHashCode() => Keys.Aggregate(0, static (hash, key) => HashCode.Combine(hash, key));
}
