namespace OpsManager.Sources.Record;

/// <summary>Where looks are written. One thread uses it.</summary>
public interface ITapeSink : IDisposable
{
    /// <summary>Writes a look. Why the recording is over, or null.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    RecordingEnd? Write(TapedLook look);

    /// <summary>What was written is readable from now on, whatever happens to this process. Why the recording is over, or null.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    RecordingEnd? Flush();

    /// <summary>Writes what is left and closes the tape.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    void End(RecordingEnd end, DateTimeOffset now);
}

/// <summary>Why a recording is over.</summary>
/// <param name="Text">A sentence without its full stop.</param>
/// <param name="IsFault">Nobody asked for it.</param>
public sealed record RecordingEnd(string Text, bool IsFault = false);
