namespace OpsManager.Sources.Replay;

/// <summary>One look at a recording: enough to fold it again. There is one for each recorded change, so it is kept small.</summary>
/// <param name="At">From the start of the recording.</param>
/// <param name="Steps">Steps of the tape up to this look.</param>
/// <param name="Changes">Recorded changes up to this look, with this one where it is one.</param>
/// <param name="Rows">For <see cref="LogGrowth"/>: rows of the log.</param>
/// <param name="Seen">Without the tick that ends each look.</param>
internal readonly record struct ReplayLook(TimeSpan At, int Steps, int Changes, int Rows, bool IsChange, ILookSeen Seen);
