namespace OpsManager.Sources.Nats;

/// <summary>What has come of one loop: its newest snapshot, and the events that nobody has read yet. Safe for several threads.</summary>
internal sealed class NatsLoop
{
    /// <summary>Events that wait here at most, and their bytes: of more, the rest is fetched from the stream when it is read.</summary>
    private const int MaxEvents = 1024;

    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Places that are read by turns.</summary>
    private const int MaxPlaces = 2;

    private readonly Lock gate = new();
    private readonly List<KeptEvent> recent = [];
    private KeptSnapshot? snapshot;
    private long bytes;

    /// <summary>Where those are that were read last: the newest, and older ones where somebody looks at these.</summary>
    private readonly List<(long Line, ulong Sequence)> read = new(MaxPlaces);

    /// <summary>Null before one came, and after the loop has gone.</summary>
    public KeptSnapshot? Snapshot
    {
        get
        {
            lock (gate)
            {
                return snapshot;
            }
        }
    }

    /// <summary>Where the repository is of which its newest snapshot was read; null before one was.</summary>
    public string? RepoPath { get; set; }

    /// <summary>Lines that the stream no longer has, and that the copy therefore lacks; null where there are none.</summary>
    public (long First, long Last)? Missing { get; set; }

    /// <param name="next">Null: the loop has gone.</param>
    public void Take(KeptSnapshot? next)
    {
        lock (gate)
        {
            if (next is null || next.Log != snapshot?.Log)
            {
                Missing = null;
                read.Clear();
            }

            snapshot = next;
        }
    }

    /// <summary>A snapshot was read: only what it is of is kept, and its text is in the stream.</summary>
    public void WasRead(KeptSnapshot one)
    {
        lock (gate)
        {
            if (ReferenceEquals(snapshot, one))
            {
                snapshot = one with { Body = default };
            }
        }
    }

    public void Take(KeptEvent one)
    {
        lock (gate)
        {
            var last = recent.Count > 0 ? recent[^1] : null;
            if (last is not null && last.Log == one.Log && one.Line <= last.Line)
            {
                return;
            }

            if ((last is not null && (last.Log != one.Log || one.Previous != last.Line))
                || recent.Count >= MaxEvents
                || bytes + one.Body.Length > MaxBytes)
            {
                Clear();
            }

            recent.Add(one);
            bytes += one.Body.Length;
        }
    }

    /// <summary>
    /// The events behind a line, up to another; null where those that wait here do not follow it without a gap. What is before it is
    /// dropped: it was read.
    /// </summary>
    public IReadOnlyList<KeptEvent>? Behind(string log, long line, long end, int most)
    {
        lock (gate)
        {
            if (recent.Count > 0 && recent[0].Log == log)
            {
                var old = recent.FindIndex(one => one.Line > line);
                var drop = old < 0 ? recent.Count - 1 : old;
                bytes -= recent.Take(drop).Sum(static one => (long)one.Body.Length);
                recent.RemoveRange(0, drop);
            }

            return recent.Count > 0 && recent[0] is var first && first.Log == log && first.Line > line && first.Previous <= line
                ? [.. recent.TakeWhile(one => one.Line <= end).Take(most)]
                : null;
        }
    }

    /// <summary>Where in the stream the events behind a line are looked for; 1 where that is not known.</summary>
    public ulong SequenceBehind(long line)
    {
        lock (gate)
        {
            return read.Where(known => known.Line <= line).Select(static known => known.Sequence).DefaultIfEmpty().Max() + 1;
        }
    }

    /// <summary>The events behind a line were read up to this one.</summary>
    public void WasRead(long behind, KeptEvent last)
    {
        lock (gate)
        {
            var place = read.Where(known => known.Line <= behind).Select(static known => known.Line).DefaultIfEmpty(-1).Max();
            read.RemoveAll(known => known.Line == place);
            if (read.Count == MaxPlaces)
            {
                read.RemoveAt(0);
            }

            read.Add((last.Line, last.Sequence));
        }
    }

    /// <summary>The stream is another one: what it had said is as nothing, and its numbers are others.</summary>
    public void Forget()
    {
        lock (gate)
        {
            (snapshot, Missing) = (null, null);
            read.Clear();
            Clear();
        }
    }

    private void Clear()
    {
        recent.Clear();
        bytes = 0;
    }
}
