using OpsManager.Sources.Replay;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Replay;

/// <summary>Do something with the recording that is shown.</summary>
internal sealed record Transport(ReplayCommand Command) : Effect;

/// <summary>End this session, and replay a recording.</summary>
/// <param name="Name">Of the recording, as it was typed; empty for the list of them.</param>
internal sealed record LeaveForReplay(string Name) : Effect;

/// <summary>End this session, and show what was recorded of the repository of a run, at its end.</summary>
internal sealed record LeaveForPast(LoopKey Run) : Effect;

/// <summary>Begin to record a repository into a file, or end that.</summary>
internal sealed record ToggleRecording(string Repo) : Effect;
