namespace OpsManager.Sources.Nats;

/// <summary>The result of a request for a control.</summary>
/// <param name="Status">As the service would answer (docs/contract.md, "Service"); 0 where nothing came.</param>
/// <param name="Fault">Why it was not carried out, or why nothing came; null where the body says all.</param>
/// <param name="IsSent">Whether anybody may have got it.</param>
public readonly record struct ControlReply(int Status, ReadOnlyMemory<byte> Body, string? Fault, bool IsSent);
