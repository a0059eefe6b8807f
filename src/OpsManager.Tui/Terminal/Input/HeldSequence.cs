namespace OpsManager.Tui.Terminal.Input;

/// <summary>The beginning of a key sequence, held until the rest has come, and the place that it has reached.</summary>
internal sealed class HeldSequence
{
    // No key is as long; a longer one is swallowed to its end.
    private const int MaxHeld = 64;

    private readonly List<char> held = [];

    /// <summary>What has been read of the sequence, and so what may come next.</summary>
    public SequencePlace Place { get; private set; }

    /// <summary>What is held belongs to something that was given up: it is swallowed to its end.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>Characters that are held.</summary>
    public int Count => held.Count;

    /// <summary>A character that is held; 0 is the first.</summary>
    public char this[int index] => held[index];

    /// <summary>An ESC begins a sequence.</summary>
    public void Begin()
    {
        Reset();
        Go(SequencePlace.Escape, '\e');
    }

    /// <summary>A character leads on to another place.</summary>
    public void Go(SequencePlace to, char character)
    {
        Place = to;
        held.Add(character);
    }

    /// <summary>A character leads on to another place, and need not be held.</summary>
    public void Go(SequencePlace to) => Place = to;

    /// <summary>A character of the same place.</summary>
    public void Hold(char character)
    {
        if (held.Count < MaxHeld)
        {
            held.Add(character);
        }
        else
        {
            Drop();
        }
    }

    /// <summary>The sequence was given up: its remaining bytes do not act.</summary>
    public void Drop() => IsDropped = true;

    /// <summary>The mouse in SGR form (mode 1006). No key ends so.</summary>
    public bool IsMouseReport(char final) => held.Count > 2 && held[2] == '<' && (final is 'M' or 'm');

    /// <summary>What such a report says; null where that means nothing here.</summary>
    public MouseReport? ReadMouse(char final)
    {
        Span<char> text = stackalloc char[held.Count - 3];
        for (var index = 0; index < text.Length; index++)
        {
            text[index] = held[index + 3];
        }

        return MouseReport.Read(text, final);
    }

    /// <summary>Nothing is held.</summary>
    public void Reset()
    {
        Place = SequencePlace.Ground;
        IsDropped = false;
        held.Clear();
    }
}
