using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsManager.Contract.Tapes;

/// <summary>
/// Writes a tape that <see cref="TapeReader"/> reads back as it was. Times are kept to the millisecond; bytes that are not UTF-8 become
/// U+FFFD, because a tape is text.
/// </summary>
internal static class TapeWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Tape tape, Stream stream)
    {
        var line = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(line, Options);
        WriteLine(stream, line, json, () => Header(json, tape));
        foreach (var step in tape.Steps)
        {
            WriteLine(stream, line, json, () => Step(json, step));
        }
    }

    private static void WriteLine(Stream stream, ArrayBufferWriter<byte> line, Utf8JsonWriter json, Action fields)
    {
        line.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        fields();
        json.WriteEndObject();
        json.Flush();
        stream.Write(line.WrittenSpan);
        stream.WriteByte((byte)'\n');
    }

    private static void Header(Utf8JsonWriter json, Tape tape)
    {
        json.WriteString(TapeWords.Tape, ContractVersion.V1);
        json.WriteString(TapeWords.Title, tape.Title);
        json.WriteString(TapeWords.RecordedAt, tape.RecordedAt);
        Optional(json, TapeWords.Repo, tape.Repo);
    }

    private static void Step(Utf8JsonWriter json, TapeStep step)
    {
        json.WriteNumber(TapeWords.AtMs, (long)step.At.TotalMilliseconds);
        json.WriteString(TapeWords.Op, step switch
        {
            TapePut => TapeWords.Put,
            TapeAppend => TapeWords.Append,
            TapeRemove => TapeWords.Remove,
            TapeProcess => TapeWords.Process,
            _ => TapeWords.Mark,
        });
        switch (step)
        {
            case TapePut put:
                json.WriteString(TapeWords.Path, put.Path);
                Text(json, put.Text);
                break;
            case TapeAppend append:
                json.WriteString(TapeWords.Path, append.Path);
                Text(json, append.Text);
                break;
            case TapeRemove remove:
                json.WriteString(TapeWords.Path, remove.Path);
                break;
            case TapeProcess process:
                Process(json, process);
                break;
            case TapeMark mark:
                json.WriteString(TapeWords.Loop, mark.LoopId);
                json.WriteString(TapeWords.Truth, mark.Truth.Word());
                json.WriteString(TapeWords.Why, mark.Why);
                json.WriteString(TapeWords.Reference, mark.Reference.Word());
                break;
        }
    }

    private static void Process(Utf8JsonWriter json, TapeProcess process)
    {
        json.WriteNumber(TapeWords.Pid, process.Pid);
        json.WriteBoolean(TapeWords.Alive, process.Alive);
        Optional(json, TapeWords.Command, process.Command);
        Optional(json, TapeWords.Loop, process.Loop);
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
    }

    private static void Text(Utf8JsonWriter json, byte[] text) =>
        json.WriteString(TapeWords.Text, System.Text.Encoding.UTF8.GetString(text));

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
