using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;

namespace OpsManager.Sources.Nats;

/// <summary>What a publisher says when another one uses its sprite's name (docs/fleet.md, "What fails how").</summary>
internal static class PublisherConflict
{
    /// <summary>In words; null where there is no conflict, or the message cannot be read.</summary>
    public static string? Words(ReadOnlyMemory<byte> body)
    {
        try
        {
            return EnvelopeReader.Parse(body, "") is { ValueKind: JsonValueKind.Object } root
                && root.Field("conflict") is { ValueKind: JsonValueKind.Object } conflict
                && conflict.Text("loop") is { } loop
                    ? $"two sprites publish under this name: line {Line(conflict)} of loop {loop} was there already with another text, "
                        + "and the second publisher has stopped; give one of them another name (publish --sprite)"
                    : null;
        }
        catch (ContractException)
        {
            return null;
        }
    }

    private static string Line(JsonElement conflict) =>
        conflict.Field("line") is { ValueKind: JsonValueKind.Number } line ? line.GetRawText() : "?";
}
