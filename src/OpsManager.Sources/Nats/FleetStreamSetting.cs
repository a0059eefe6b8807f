namespace OpsManager.Sources.Nats;

/// <summary>One setting of the stream of a fleet: as it is, and as it must be.</summary>
/// <param name="Name">As the server's own documentation has it.</param>
/// <param name="Flag">The same as a flag of <c>nats stream add</c> and <c>nats stream edit</c>.</param>
/// <param name="There">As a text; null where there is no stream.</param>
/// <param name="Wanted">As a text.</param>
/// <param name="IsFixed">Whether the server refuses to change it on a stream that is there.</param>
/// <param name="Removes">Whether the change lets the server remove messages that it has.</param>
public sealed record FleetStreamSetting(string Name, string Flag, string? There, string Wanted, bool IsFixed, bool Removes)
{
    public bool Differs => There is not null && There != Wanted;
}
