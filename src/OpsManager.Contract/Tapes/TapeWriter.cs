using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsManager.Contract.Tapes;

/// <summary>
/// Writes a tape, a line at a time, that <see cref="TapeReader"/> reads back as it was. Times are kept to the millisecond; bytes that are
/// not UTF-8 become U+FFFD, because a tape is text. Lines end up in the stream as they are written: nothing is held back.
/// </summary>
/// <exception cref="IOException">Of every method: the stream cannot be written.</exception>
public sealed class TapeWriter(Stream stream) : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> line = new();
    private readonly Utf8JsonWriter json = new(Stream.Null, Options);

    /// <summary>Bytes written so far.</summary>
    public long Written { get; private set; }

    /// <summary>All of a tape.</summary>
    internal static void Write(Tape tape, Stream stream)
    {
        using var writer = new TapeWriter(stream);
        writer.WriteHeader(tape);
        foreach (var step in tape.Steps)
        {
            writer.Write(step);
        }
    }

    /// <summary>The first line; the steps of <paramref name="tape"/> are not written.</summary>
    public void WriteHeader(Tape tape)
    {
        Begin();
        json.WriteString(TapeWords.Tape, ContractVersion.V1);
        json.WriteString(TapeWords.Title, tape.Title);
        json.WriteString(TapeWords.RecordedAt, tape.RecordedAt);
        Optional(TapeWords.Repo, tape.Repo);
        Optional(TapeWords.Redaction, tape.Redaction);
        if (tape.SeesProcesses)
        {
            json.WriteBoolean(TapeWords.SeesProcesses, true);
        }

        End();
    }

    public void Write(TapeStep step)
    {
        Begin();
        json.WriteNumber(TapeWords.AtMs, (long)step.At.TotalMilliseconds);
        switch (step)
        {
            case TapePut put:
                File(TapeWords.Put, put.Path, put.Text);
                break;
            case TapeAppend append:
                File(TapeWords.Append, append.Path, append.Text);
                break;
            case TapeRemove remove:
                json.WriteString(TapeWords.Op, TapeWords.Remove);
                json.WriteString(TapeWords.Path, remove.Path);
                Optional(TapeWords.Fault, remove.Fault);
                break;
            case TapeProcess process:
                Process(process);
                break;
            case TapeMark mark:
                Mark(mark);
                break;
            case TapeRemark remark:
                // What a reader needs that knows no remarks: a mark of no loop, of which nothing is known, agrees with everything.
                Mark(new TapeMark(remark.At, remark.Line, "", Lifecycle.Unknown, "", Lifecycle.Unknown));
                json.WriteString(TapeWords.Text, remark.Text);
                break;
        }

        End();
    }

    public void Dispose() => json.Dispose();

    private void Begin()
    {
        line.ResetWrittenCount();
        json.Reset(line);
        json.WriteStartObject();
    }

    private void End()
    {
        json.WriteEndObject();
        json.Flush();
        line.Write("\n"u8);
        stream.Write(line.WrittenSpan);
        Written += line.WrittenCount;
    }

    private void File(string op, string path, byte[] text)
    {
        json.WriteString(TapeWords.Op, op);
        json.WriteString(TapeWords.Path, path);
        json.WriteString(TapeWords.Text, Encoding.UTF8.GetString(text));
    }

    private void Mark(TapeMark mark)
    {
        json.WriteString(TapeWords.Op, TapeWords.Mark);
        json.WriteString(TapeWords.Loop, mark.LoopId);
        json.WriteString(TapeWords.Truth, mark.Truth.Word());
        json.WriteString(TapeWords.Why, mark.Why);
        json.WriteString(TapeWords.Reference, mark.Reference.Word());
    }

    private void Process(TapeProcess process)
    {
        json.WriteString(TapeWords.Op, TapeWords.Process);
        json.WriteNumber(TapeWords.Pid, process.Pid);
        json.WriteBoolean(TapeWords.Alive, process.Alive);
        Optional(TapeWords.Command, process.Command);
        Optional(TapeWords.Loop, process.Loop);
        if (process.StartedAt is { } started)
        {
            json.WriteString(TapeWords.StartedAt, started);
        }

        if (process.Group is { } group)
        {
            json.WriteNumber(TapeWords.Group, group);
        }

        if (process.State != ProcessState.Running)
        {
            json.WriteString(TapeWords.State, process.State.Word());
        }

        if (process.IsUnreadable)
        {
            json.WriteString(TapeWords.Fate, TapeWords.Unreadable);
        }

        if (process.Seen is { } seen)
        {
            json.WriteString(TapeWords.Seen, seen.Fate.Word());
            json.WriteString(TapeWords.Inquiry, seen.Inquiry.Word());
            json.WriteString(TapeWords.Fact, seen.Fact);
            if (seen.Ticks is { } ticks)
            {
                json.WriteNumber(TapeWords.Ticks, ticks);
            }
        }
    }

    private void Optional(string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
