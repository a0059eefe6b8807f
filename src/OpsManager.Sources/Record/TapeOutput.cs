using System.IO.Compression;
using OpsManager.Contract.Tapes;

namespace OpsManager.Sources.Record;

/// <summary>
/// One tape that is being written. What was flushed stays readable whatever happens to this process; a packed tape is flushed so that
/// everything up to there can be unpacked.
/// </summary>
internal sealed class TapeOutput : IDisposable
{
    private readonly Stream file;
    private readonly Stream stream;
    private readonly TapeWriter writer;
    private readonly TapeRedactor redactor;
    private readonly DateTimeOffset recordedAt;
    private TimeSpan at;

    /// <param name="file">Is not closed here.</param>
    /// <exception cref="IOException">The header cannot be written.</exception>
    public TapeOutput(Stream file, bool isPacked, Tape header, TapeRedactor redactor)
    {
        (this.file, this.redactor, recordedAt) = (file, redactor, header.RecordedAt);
        stream = isPacked ? new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true) : file;
        writer = new TapeWriter(stream);
        writer.WriteHeader(header);
        Flush();
    }

    /// <summary>Bytes in the file, of a packed one as far as it was flushed.</summary>
    public long Size { get; private set; }

    /// <summary>Bytes written, not packed.</summary>
    public long Written => writer.Written;

    public TimeSpan Length => at;

    /// <summary>Writes what a look has changed, all of it at one moment.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(TapedLook look)
    {
        Advance(look.At);
        foreach (var step in look.Steps.SelectMany(redactor.Redact))
        {
            Write(step);
        }
    }

    /// <summary>Writes a step that is redacted already, as it is known at the start of the tape.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Carry(TapeStep step) => Write(step);

    /// <summary>A remark at the moment that was written last, or later.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Remark(DateTimeOffset now, string text) => Write(new TapedLook(now, [new TapeRemark(default, 0, text)]));

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Flush()
    {
        stream.Flush();
        file.Flush();
        Size = file.CanSeek ? file.Position : writer.Written;
    }

    /// <summary>Writes what waited, and a last remark: until then nothing else has changed.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void End(DateTimeOffset now, string remark)
    {
        Advance(now);
        foreach (var step in redactor.End())
        {
            Write(step);
        }

        Write(new TapeRemark(default, 0, remark));
        Flush();
    }

    public void Dispose()
    {
        writer.Dispose();
        if (stream == file)
        {
            return;
        }

        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
            // The end of the packing could not be written either; what was flushed can be unpacked without it.
        }
    }

    /// <summary>A clock that goes back moves nothing: the steps of a tape are in order.</summary>
    private void Advance(DateTimeOffset now)
    {
        var passed = now - recordedAt;
        at = passed > at ? passed : at;
    }

    private void Write(TapeStep step) => writer.Write(step with { At = at });
}
