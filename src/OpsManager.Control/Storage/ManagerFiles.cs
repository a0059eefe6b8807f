using System.IO.Abstractions;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Sources.Storage;

namespace OpsManager.Control.Storage;

/// <summary>The manager's own files of one loop (docs/contract.md, "Manager files"). Another manager may share them.</summary>
public sealed class ManagerFiles(IFileSystem files, string repo, string loop)
{
    /// <summary>Longest end of a rows file that is read for its last row, in bytes.</summary>
    private const int TailBytes = 256 * 1024;

    private readonly AtomicFile atomic = new(files);

    public string Directory { get; } = files.Path.Combine(repo, ArtifactPaths.Manager(ArtifactPaths.CheckedLoopId(loop)));

    public string State => PathOf("state.json");

    public string Cursor => PathOf("cursor.json");

    public string Health => PathOf("health.json");

    public string Heartbeat => PathOf("heartbeat.json");

    public string Sequence => PathOf("sequence-state.json");

    public string Intents => PathOf("intents.jsonl");

    public string ReconcileRows => PathOf("telemetry/reconcile.jsonl");

    public string HeartbeatRows => PathOf("telemetry/heartbeat.jsonl");

    public string SequenceRows => PathOf("telemetry/sequence.jsonl");

    public string ControlInvocations => PathOf("telemetry/control-invocations.jsonl");

    public string ControlRows => PathOf("telemetry/control.jsonl");

    public string Escalations => PathOf("escalations.jsonl");

    public string Rollout => PathOf("rollout.json");

    public string Incidents => PathOf("incidents");

    /// <summary>See <see cref="LoopLock"/>.</summary>
    public string Lock => PathOf("manager.lock");

    public string ServiceIdempotency => PathOf("service-idempotency.json");

    public string EscalationState => PathOf("telemetry/escalation-state.json");

    public string TransportHealth => PathOf("telemetry/transport-health.json");

    public void Replace<T>(string path, T value, JsonTypeInfo<T> type) => atomic.Replace(path, ContractJson.Write(value, type, pretty: true));

    public void Append<T>(string path, T row, JsonTypeInfo<T> type) => atomic.AppendLine(path, ContractJson.Write(row, type));

    /// <summary>Appends a row that has to be on disk before anything goes on.</summary>
    public void AppendDurably<T>(string path, T row, JsonTypeInfo<T> type) => atomic.AppendLine(path, ContractJson.Write(row, type), durable: true);

    /// <summary>A file's value; default where there is none.</summary>
    /// <exception cref="ContractException">It is there, and not what it should be.</exception>
    public T? Load<T>(string path, JsonTypeInfo<T> type)
    {
        if (!files.File.Exists(path))
        {
            return default;
        }

        try
        {
            return JsonSerializer.Deserialize(files.File.ReadAllBytes(path), type) ?? throw new JsonException("the file holds null");
        }
        catch (JsonException error)
        {
            throw new ContractException(FailureCodes.ProjectionFailed, $"invalid JSON in {path}: {ArtifactText.Fault(error)}; move the file away to start anew", error);
        }
    }

    /// <summary>The last whole row of a rows file; null where there is none. A row that is no JSON is passed over.</summary>
    public JsonElement? LastRow(string path)
    {
        var text = End(path, TailBytes);
        while (!text.IsEmpty)
        {
            var start = text.Span[..^1].LastIndexOf((byte)'\n') + 1;
            if (TryParse(text[start..^1]) is { } row)
            {
                return row;
            }

            text = text[..start];
        }

        return null;
    }

    /// <summary>The whole rows at the end of a rows file, oldest first; what is no row is passed over.</summary>
    /// <param name="bytes">How much of the end is read.</param>
    public IReadOnlyList<T> LastRows<T>(string path, Func<ReadOnlyMemory<byte>, ArtifactParse<T>> parse, int bytes)
        where T : class
    {
        var rows = new List<T>();
        var text = End(path, bytes);
        while (text.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            // Of a row that was cut at its beginning nothing can be parsed.
            if (parse(text[..end]).Value is { } row)
            {
                rows.Add(row);
            }

            text = text[(end + 1)..];
        }

        return rows;
    }

    /// <summary>The end of a file up to its last line feed; empty where there is none.</summary>
    private ReadOnlyMemory<byte> End(string path, int most)
    {
        if (!files.File.Exists(path))
        {
            return default;
        }

        using var stream = files.FileStream.New(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = Math.Max(0, stream.Length - most);
        var bytes = new byte[(int)(stream.Length - stream.Position)];
        var text = bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        return text[..(text.Span.LastIndexOf((byte)'\n') + 1)];
    }

    private static JsonElement? TryParse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonText.Mend(line));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Another program's half row; the one before it is the last whole one.
            return null;
        }
    }

    private string PathOf(string name) => files.Path.Combine(Directory, name);
}
