using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Abstractions;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsManager.Contract.Text;
using OpsManager.Sources.Files;
using OpsManager.Sources.Record;

namespace OpsManager.Control.Telemetry;

/// <summary>
/// A file of one JSON object a line, which only its owner may read. A thread of its own writes it, so nobody waits for the disk; what does
/// not fit into the queue is counted. At 10 MiB the file is renamed to FILE.1, in place of the one before, and begun again. A link is
/// never followed.
/// </summary>
internal sealed class LogFile : IDisposable
{
    public const long MaxBytes = 10 * 1024 * 1024;

    /// <summary>Entries that wait for the disk at most.</summary>
    public const int MaxWaiting = 1024;

    private const int MaxField = 2000;

    /// <summary>How long the end of the program waits for a disk that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly GuardedFiles files;
    private readonly string name;
    private readonly BlockingCollection<LogEntry> waiting = new(MaxWaiting);
    private readonly Thread thread;
    private readonly long maxBytes;
    private readonly TimeSpan patience;
    private Stream? stream;
    private int dropped;
    private volatile string? fault;

    /// <param name="path">The directory is the user's word; the file itself may be no link.</param>
    /// <param name="patience">How long the end waits for the disk; null for half a second.</param>
    public LogFile(IFileSystem files, string path, long maxBytes = MaxBytes, TimeSpan? patience = null)
    {
        Path = files.Path.GetFullPath(path);
        this.files = GuardedFiles.Open(files, files.Path.GetDirectoryName(Path) ?? "/");
        (name, this.maxBytes, this.patience) = (files.Path.GetFileName(Path), maxBytes, patience ?? Patience);
        thread = new Thread(Run) { IsBackground = true, Name = "log file" };
        thread.Start();
    }

    public string Path { get; }

    /// <summary>The first thing that went wrong and how much was not written, in one line; null where all was written so far.</summary>
    public string? Fault => fault is null && dropped == 0 ? null
        : $"log file {Path}: {fault ?? "the disk was too slow"}. {Counts.Text(dropped, "line")} could not be written";

    /// <summary>Never waits.</summary>
    public void Add(LogEntry entry)
    {
        if (!waiting.IsAddingCompleted && !waiting.TryAdd(entry))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    /// <summary>Writes what waits, for half a second at most.</summary>
    public void Dispose()
    {
        if (waiting.IsAddingCompleted)
        {
            return;
        }

        waiting.CompleteAdding();
        if (!thread.Join(patience))
        {
            fault ??= "the disk did not answer";
            Interlocked.Add(ref dropped, waiting.Count);
        }
    }

    private void Run()
    {
        var lines = new MemoryStream();
        foreach (var entry in waiting.GetConsumingEnumerable())
        {
            lines.SetLength(0);
            var count = 0;
            LogEntry? next = entry;
            do
            {
                Write(lines, next);
                count++;
            }
            while (lines.Length < 64 * 1024 && waiting.TryTake(out next));
            Append(lines.GetBuffer().AsSpan(0, (int)lines.Length), count);
        }

        stream?.Dispose();
    }

    private void Append(ReadOnlySpan<byte> lines, int count)
    {
        try
        {
            stream ??= files.OpenOwnAppend(name);
            if (stream.Length > 0 && stream.Length + lines.Length > maxBytes)
            {
                stream.Dispose();
                stream = null;
                files.Rename(name, name + ".1");
                stream = files.OpenOwnAppend(name);
            }

            stream.Write(lines);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            fault ??= error.Message;
            Interlocked.Add(ref dropped, count);
            stream?.Dispose();
            stream = null;
        }
    }

    private static void Write(Stream to, LogEntry entry)
    {
        using (var json = new Utf8JsonWriter(to, Plain))
        {
            json.WriteStartObject();
            json.WriteString("time", entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", entry.Level);
            json.WriteString("event", entry.Event);
            Write(json, "repository", entry.Repository);
            Write(json, "loop", entry.Loop);
            Write(json, "traceId", entry.TraceId);
            foreach (var (field, value) in entry.Fields)
            {
                Write(json, field, value is null ? null : SecretText.Redact(SafeText.Clean(value, MaxField)));
            }

            json.WriteEndObject();
        }

        to.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, string field, string? value)
    {
        if (value is not null)
        {
            json.WriteString(field, value);
        }
    }
}
