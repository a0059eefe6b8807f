using OpsManager.Contract.Manager;

namespace OpsManager.Core.Rules.Sequence;

/// <summary>What is kept of a batch of event envelopes while it passes by: enough to judge it, nothing that grows with it.</summary>
public sealed class IngestedEvents
{
    public long Count { get; private set; }

    /// <summary>Sequence numbers of the first and the last envelope; null where none came.</summary>
    public long? First { get; private set; }

    public long? Last { get; private set; }

    /// <summary>A number that was not above the one before it.</summary>
    public bool NonMonotonic { get; private set; }

    /// <summary>A number that is no line number.</summary>
    public bool Missing { get; private set; }

    /// <summary>The event that came last.</summary>
    public NewestEvent? Newest { get; private set; }

    /// <param name="sequence">The envelope's sequence number.</param>
    /// <param name="newest">The event in words; needed of the last one only.</param>
    public void Add(long sequence, NewestEvent? newest)
    {
        Count++;
        Newest = newest ?? Newest;
        if (sequence <= 0)
        {
            Missing = true;
            return;
        }

        NonMonotonic |= sequence <= Last;
        First ??= sequence;
        Last = sequence;
    }
}
