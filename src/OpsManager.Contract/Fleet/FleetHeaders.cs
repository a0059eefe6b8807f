namespace OpsManager.Contract.Fleet;

/// <summary>Headers of messages on the bus (docs/fleet.md, "Messages"). Numbers are decimal.</summary>
public static class FleetHeaders
{
    /// <summary>
    /// Which log a line is of: it changes when the log was cut or replaced. Lines of one log rise by their number; with another log they
    /// begin again. On events, on snapshots, and on files that only grow.
    /// </summary>
    public const string Log = "Superloop-Log";

    /// <summary>Of an event the number of its line, from 1; of a snapshot the lines that its cursor has.</summary>
    public const string Line = "Superloop-Line";

    /// <summary>
    /// Of an event the line of the event before it in the same log, 0 for the first: a reader sees by it that none is missing.
    /// </summary>
    public const string Previous = "Superloop-Previous";

    /// <summary>
    /// Of a snapshot the first line that what is said of the loop now rests on: a reader needs those before it only when somebody looks at
    /// the loop.
    /// </summary>
    public const string From = "Superloop-From";

    /// <summary>
    /// Of a snapshot the sequence number in the stream from which on the lines from <see cref="From"/> are found; absent where the
    /// publisher does not know it.
    /// </summary>
    public const string FromSequence = "Superloop-From-Sequence";

    /// <summary>Of a snapshot its tag: the hash of all that is not the time or the trace id.</summary>
    public const string Tag = "Superloop-Tag";

    /// <summary>Of a file the position of the first byte.</summary>
    public const string Offset = "Superloop-Offset";

    /// <summary>Which part of a message that was too large for the server this is, such as <c>2/3</c>; absent on a whole one.</summary>
    public const string Part = "Superloop-Part";

    /// <summary>Of a part behind the first one: the sequence number of the first in the stream.</summary>
    public const string FirstSequence = "Superloop-First";

    /// <summary>On a snapshot without a body: the loop is no longer there.</summary>
    public const string Gone = "Superloop-Gone";

    /// <summary>Which process published it: a random id for each start of a publisher.</summary>
    public const string Publisher = "Superloop-Publisher";

    /// <summary>On the answer to a control the status that the service would answer it with, such as <c>200</c>.</summary>
    public const string Status = "Superloop-Status";
}
