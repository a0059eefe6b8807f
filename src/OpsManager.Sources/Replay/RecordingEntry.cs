using OpsManager.Contract.Tapes;

namespace OpsManager.Sources.Replay;

/// <summary>A recording that can be opened.</summary>
/// <param name="Open">Reads it. Is called beside the screen, each time that it is opened; throws what a reader throws.</param>
public sealed record RecordingEntry(RecordingInfo Info, Func<Tape> Open)
{
    /// <summary>The same, which has been read just now: what is opened next is <paramref name="tape"/>, and is not read again.</summary>
    public RecordingEntry Keeping(Tape tape)
    {
        var kept = tape;
        var open = Open;
        return this with { Open = () => Interlocked.Exchange(ref kept, null) ?? open() };
    }
}
