namespace OpsManager.Sources.Replay;

/// <summary>
/// One path of a tape through all its moments: what it held, and when it was not there. Only ever appended to, and no text is copied.
/// </summary>
internal sealed class TapeFile
{
    private readonly List<(int Moment, TapeText? Text, string? Fault)> states = [];

    public bool IsThere => states.Count > 0 && states[^1].Text is not null;

    public void Put(int moment, byte[] text, DateTimeOffset now)
    {
        var put = new TapeText();
        put.Add(moment, text, now);
        states.Add((moment, put, null));
    }

    public void Append(int moment, byte[] text, DateTimeOffset now)
    {
        if (states is [.., (_, { } grown, _)])
        {
            grown.Add(moment, text, now);
        }
        else
        {
            Put(moment, text, now);
        }
    }

    /// <param name="fault">Why it cannot be read; null where nothing is there.</param>
    public void Remove(int moment, string? fault) => states.Add((moment, null, fault));

    /// <summary>Why it could not be read at a moment; null where it could, or was not there.</summary>
    public string? FaultAt(int moment)
    {
        var count = Ordered.CountUpTo(states, moment, static state => state.Moment);
        return count == 0 ? null : states[count - 1].Fault;
    }

    /// <summary>What it held at a moment; null where it was not there.</summary>
    public TapeText? At(int moment)
    {
        var count = Ordered.CountUpTo(states, moment, static state => state.Moment);
        return count == 0 ? null : states[count - 1].Text;
    }
}
