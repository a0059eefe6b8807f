using System.Text.Json;
using OpsManager.Contract.Serialization;

namespace OpsManager.Sources.Nats;

/// <summary>What a publisher says when another one uses its sprite's name (docs/fleet.md, "What fails how").</summary>
internal static class ConflictText
{
    /// <summary>In words; null where there is no conflict, or the message cannot be read.</summary>
    public static string? From(ReadOnlyMemory<byte> body)
    {
        try
        {
            return ContractJson.Read(body, ContractJson.Default.PublisherNote).Conflict is { } conflict
                ? $"two sprites publish under this name: line {conflict.Line} of loop {conflict.Loop} was there already with another "
                    + "text, and the second publisher has stopped; give one of them another name (publish --sprite)"
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
