using System.Text.Json;

namespace OpsManager.Core.Rules.Timeline;

/// <summary>What an event says, as the runtime wrote it. Text may be anything: whoever shows it cleans it.</summary>
/// <param name="Status">The event's own, or where it has none that of its data.</param>
/// <param name="Data">Null where the event has none, or was too long to be read.</param>
public readonly record struct EventFields(string Name, string? Status = null, string? Message = null, JsonElement? Data = null)
{
    public long? Iteration { get; init; }

    /// <summary>Iterations that the run may take; null where its start does not say so.</summary>
    public int? MaxIterations { get; init; }
}
