namespace OpsManager.Contract.Fleet;

/// <summary>What the messages of a subject are (docs/fleet.md, "Subjects").</summary>
public enum FleetSubjectKind
{
    /// <summary>One event envelope a message, in the order of the log.</summary>
    Events,

    /// <summary>The snapshot envelope with its assessment and process facts, as the service sends it.</summary>
    Snapshot,

    /// <summary>Bytes of a file of the loop.</summary>
    File,

    /// <summary>Requests and answers; not kept in the stream.</summary>
    Control,

    /// <summary>What the publisher of the sprite says of itself.</summary>
    Publisher,
}
