using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Serialization;

namespace OpsManager.Sources.Sprite;

/// <summary>What was copied of a loop.</summary>
/// <param name="IsOfOneMoment">The copy is what the snapshot speaks of, no more and no less.</param>
internal sealed record Copied(SnapshotEnvelope Snapshot, SnapshotExtras Extras, bool IsOfOneMoment);
