using NATS.Client.Core;
using OpsManager.Contract.Fleet;
using OpsManager.Sources.Nats;

namespace OpsManager.Service.Publish;

/// <summary>A message that is in the stream. Who wrote it is unknown, so nothing in it is taken as true.</summary>
/// <param name="Sequence">Its number in the stream.</param>
internal sealed record BusMessage(ulong Sequence, NatsHeaders Headers, byte[] Body)
{
    public string? Log => Text(FleetHeaders.Log);

    public string? Tag => Text(FleetHeaders.Tag);

    public string? Publisher => Text(FleetHeaders.Publisher);

    public bool IsGone => Text(FleetHeaders.Gone) is not null;

    public long? Line => Number(FleetHeaders.Line);

    public long? Offset => Number(FleetHeaders.Offset);

    /// <summary>Which part it is; 1 of 1 where it is whole, or says nothing that makes sense.</summary>
    public (int Index, int Count) Part => MessageHeaders.Part(Headers) ?? (1, 1);

    public bool IsPart => Part.Count > 1;

    /// <summary>Whether parts of it are missing behind it: its publisher ended between two.</summary>
    public bool IsCutOff => Part.Index < Part.Count;

    private string? Text(string name) => MessageHeaders.Text(Headers, name);

    private long? Number(string name) => MessageHeaders.Number(Headers, name);
}
