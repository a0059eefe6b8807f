namespace OpsManager.Tui.Text;

/// <summary>One cluster: what a reader takes for one character, and the cells it occupies.</summary>
internal readonly ref struct Grapheme
{
    internal Grapheme(ReadOnlySpan<char> text, int width)
    {
        Text = text;
        Width = width;
    }

    /// <summary>The characters of the cluster.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>1 or 2.</summary>
    public int Width { get; }
}

/// <summary>Enumerates clusters left to right; use with <c>foreach</c>.</summary>
internal ref struct GraphemeWalk
{
    private ReadOnlySpan<char> rest;

    internal GraphemeWalk(ReadOnlySpan<char> text) => rest = text;

    /// <summary>The cluster last moved to.</summary>
    public Grapheme Current { get; private set; }

    public readonly GraphemeWalk GetEnumerator() => this;

    public bool MoveNext()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        var length = CellText.NextGraphemeLength(rest);
        var text = rest[..length];
        Current = new Grapheme(text, CellText.GraphemeWidth(text));
        rest = rest[length..];
        return true;
    }
}
