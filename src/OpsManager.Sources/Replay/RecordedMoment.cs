namespace OpsManager.Sources.Replay;

/// <summary>What a recorded file says of one moment.</summary>
/// <param name="At">Ticks of UTC.</param>
/// <param name="Kind">What happened to the file.</param>
/// <param name="Text">What it holds then, or has grown by; empty where it was removed.</param>
/// <param name="Line">Of the log; 0 where it is not of one line.</param>
internal readonly record struct RecordedMoment(long At, MomentKind Kind, string Path, byte[] Text, int Line = 0);

internal enum MomentKind
{
    Append,
    Put,

    /// <summary>A file that the runtime must have written then, by what its log says; its real text is not known.</summary>
    Inferred,

    /// <summary>A file that the runtime must have removed then, by what its log says.</summary>
    InferredRemoval,
}
