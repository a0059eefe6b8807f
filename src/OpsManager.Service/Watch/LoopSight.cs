using OpsManager.Sources.Local;

namespace OpsManager.Service.Watch;

/// <summary>What one look at a loop gave.</summary>
/// <param name="Reading">The loop as it was then.</param>
/// <param name="State">The same object as long as nothing but the time is different.</param>
internal sealed record LoopSight(LoopReading Reading, LoopState State);

/// <summary>A loop between two changes.</summary>
internal sealed class LoopState
{
    /// <summary>The snapshot; null before somebody asks for it.</summary>
    public SnapshotBody? Body { get; set; }
}
