using OpsManager.Contract.Tapes;

namespace OpsManager.Sources.Replay;

/// <summary>A recording that can be opened.</summary>
/// <param name="Open">Reads it. Is called beside the screen, each time that it is opened; throws what a reader throws.</param>
public sealed record RecordingEntry(RecordingInfo Info, Func<Tape> Open);
