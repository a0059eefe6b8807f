using OpsManager.Sources.Replay;
using OpsManager.Tui.Messages;

namespace OpsManager.Tui.Replay;

/// <summary>Do something with the recording that is shown.</summary>
internal sealed record Transport(ReplayCommand Command) : Effect;

/// <summary>End this session, and replay a recording.</summary>
/// <param name="Name">Of the recording, as it was typed; empty for the list of them.</param>
internal sealed record LeaveForReplay(string Name) : Effect;
