using OpsManager.Core.Model;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Replay;

/// <summary>Another moment of a recording is shown, or more is known of it. Model and position are of the same moment.</summary>
internal sealed record ReplayChanged(FleetModel Fleet, ReplayState State) : Message;

/// <summary>The operator wants to see a moment of the recording.</summary>
/// <param name="Note">That it is not the moment that was asked for, and why; null where it is.</param>
internal sealed record MomentChosen(TimeSpan At, string? Note) : Message;

/// <summary>The operator wants another of the recordings of this replay.</summary>
/// <param name="Index">From 0.</param>
internal sealed record RecordingChosen(int Index) : Message;

/// <summary>The operator of a live session wants a replay.</summary>
/// <param name="Name">Of the recording, as it was typed; empty for the list of them.</param>
internal sealed record ReplayAsked(string Name) : Message;

/// <summary>A repository is to be recorded into a file, or no longer.</summary>
internal sealed record RecordAsked(string Repo) : Message;

/// <summary>Something else is recorded of a repository.</summary>
public sealed record RecordingChanged(string Repo, RepoRecording Recording) : Message;
