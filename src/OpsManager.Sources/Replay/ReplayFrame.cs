using OpsManager.Core.Model;

namespace OpsManager.Sources.Replay;

/// <summary>The model at one moment of a recording, and where that moment is. Both are of the same moment.</summary>
public sealed record ReplayFrame(FleetModel Fleet, ReplayState State);
