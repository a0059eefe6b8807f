namespace OpsManager.Tui.Terminal.Input;

/// <summary>
/// Passes keys on whole: a sequence that a slow link tears is held until the rest has come. What does not come in time never acts as
/// letters, and neither does a rest that comes later. Reports of modes that another program left on are dropped.
/// </summary>
/// <remarks>
/// It knows the times; <see cref="KeySequenceParser"/> knows the sequences. Not thread-safe: the input thread alone uses it. What is
/// pasted passes as it is.
/// </remarks>
internal sealed class KeySequenceAssembler
{
    private static readonly TimeSpan MinTail = TimeSpan.FromSeconds(1);

    // A hand needs longer from Esc to the next key; Alt with a key is torn seldom.
    private static readonly TimeSpan MaxAltWait = TimeSpan.FromMilliseconds(60);

    private readonly KeySequenceParser parser;
    private readonly TimeProvider time;
    private readonly TimeSpan wait;
    private readonly TimeSpan altWait;
    private readonly TimeSpan tail;
    private long lastArrival;

    /// <param name="wait">How long the rest of a sequence may take; a lone Esc acts after that.</param>
    /// <param name="time">Clock; null is the system's.</param>
    /// <param name="mouse">Told what the mouse did.</param>
    public KeySequenceAssembler(TimeSpan wait, TimeProvider? time = null, Action<MouseReport>? mouse = null)
    {
        this.time = time ?? TimeProvider.System;
        this.wait = wait;
        altWait = wait < MaxAltWait ? wait : MaxAltWait;
        tail = wait * 10 > MinTail ? wait * 10 : MinTail;
        parser = new KeySequenceParser(new KeySequenceFilter(this.time), mouse);
    }

    /// <summary>How long to wait for more before <see cref="GiveUp"/>; null where nothing is held.</summary>
    public TimeSpan? Left => !parser.IsHolding ? null
        : time.GetElapsedTime(lastArrival) is var passed && passed < wait ? wait - passed : TimeSpan.Zero;

    /// <summary>Takes what was read at once, and adds to <paramref name="ready"/> what can be passed on.</summary>
    public void Take(ReadOnlySpan<char> read, List<char> ready)
    {
        if (read.IsEmpty)
        {
            return;
        }

        var since = time.GetElapsedTime(lastArrival);
        lastArrival = time.GetTimestamp();
        if (since > tail)
        {
            parser.ForgetGivenUp();
        }

        var together = since <= altWait;
        for (var index = 0; index < read.Length; index++)
        {
            parser.Next(read[index], together, index + 1 < read.Length ? read[index + 1] : null, ready);
            together = true;
        }
    }

    /// <summary>Nothing came in time: what is held was Esc alone, or will never be whole.</summary>
    public void GiveUp(List<char> ready) => parser.GiveUp(ready);
}
