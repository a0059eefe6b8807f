using System.IO.Abstractions;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Words;
using OpsManager.Sources.Files;

namespace OpsManager.Control.Storage;

/// <summary>The manager's own files of one loop (docs/contract.md, "Manager files"). Another manager may share them.</summary>
public sealed class ManagerFiles
{
    /// <summary>Longest end of a rows file that is read for its last row, in bytes.</summary>
    private const int TailBytes = 256 * 1024;

    private readonly IFileSystem files;
    private readonly string loop;
    private readonly IReadOnlyDictionary<string, string>? places;
    private readonly RowRotation rotation;

    /// <param name="retention">How much is kept of files that grow; null for <see cref="RowRetention.Default"/>.</param>
    /// <param name="places">Files that the user names in the place of ours, by their <see cref="FileNames"/>.</param>
    /// <exception cref="ContractException">It is no loop id.</exception>
    public ManagerFiles(
        IFileSystem files, string repo, string loop, RowRetention? retention = null, IReadOnlyDictionary<string, string>? places = null)
    {
        (this.files, this.loop, this.places) = (files, ArtifactPaths.CheckedLoopId(loop), places);
        Repository = GuardedFiles.Open(files, repo);
        rotation = new RowRotation(files, this, retention ?? RowRetention.Default);
    }

    /// <summary>The door to the repository.</summary>
    public GuardedFiles Repository { get; }

    public GuardedPath State => PathOf(FileNames.State);

    public GuardedPath Cursor => PathOf(FileNames.Cursor);

    public GuardedPath Health => PathOf(FileNames.Health);

    public GuardedPath Heartbeat => PathOf(FileNames.ManagerHeartbeat);

    public GuardedPath Sequence => PathOf(FileNames.Sequence);

    public GuardedPath Intents => PathOf(FileNames.Intents);

    public GuardedPath ReconcileRows => PathOf(FileNames.ReconcileRows);

    public GuardedPath HeartbeatRows => PathOf(FileNames.HeartbeatRows);

    public GuardedPath SequenceRows => PathOf(FileNames.SequenceRows);

    public GuardedPath ControlInvocations => PathOf(FileNames.ControlInvocations);

    public GuardedPath ControlRows => PathOf(FileNames.ControlRows);

    public GuardedPath Escalations => PathOf(FileNames.Escalations);

    public GuardedPath Rollout => PathOf(FileNames.Rollout);

    /// <summary>See <see cref="LoopLock"/>.</summary>
    public GuardedPath Lock => PathOf(FileNames.ManagerLock);

    /// <summary>Held from the check of an approval or rejection to the record of its result.</summary>
    public GuardedPath ControlLock => PathOf(FileNames.ControlLock);

    /// <summary>The same for a cancel, which is for the whole repository.</summary>
    public GuardedPath CancelLock => new(Repository, ArtifactPaths.CancelLock);

    public GuardedPath ServiceIdempotency => PathOf(FileNames.ServiceIdempotency);

    public GuardedPath EscalationState => PathOf(FileNames.EscalationState);

    /// <summary>How far the loop was published to the message bus.</summary>
    public GuardedPath Publish => PathOf(FileNames.Publish);

    /// <summary>See <see cref="Reconcile.KnownLogStore"/>.</summary>
    public GuardedPath KnownLog => PathOf(FileNames.KnownLog);

    public GuardedPath TransportHealth => PathOf(FileNames.TransportHealth);

    /// <summary>Of another tool: ours only shows it. So are the next three.</summary>
    public GuardedPath Drift => PathOf(FileNames.ProfileDrift);

    public GuardedPath DriftRows => PathOf(FileNames.ProfileDriftRows);

    public GuardedPath AlertDispatch => PathOf(FileNames.AlertDispatch);

    public GuardedPath AlertRows => PathOf(FileNames.AlertRows);

    /// <summary>Whether the directory of the loop itself is there.</summary>
    /// <exception cref="ContractException">It is unknown: it is only reached through a link, or cannot be read.</exception>
    public bool LoopExists => LoopDirectories.Contains(Repository, loop);

    /// <summary>Fails where the record of a control could not be written; nothing is written.</summary>
    /// <exception cref="IOException">One of its files is behind a link, no regular file, or has another name elsewhere.</exception>
    public void CheckRecords()
    {
        foreach (var path in (GuardedPath[])[ControlRows, Intents, ControlInvocations, Escalations])
        {
            path.CheckAppendable();
        }
    }

    /// <summary>A file that the user names in the place of one of ours.</summary>
    public GuardedPath Named(string path) => GuardedPath.Named(files, Repository, path);

    public void Replace<T>(GuardedPath path, T value, JsonTypeInfo<T> type) => path.Replace(ContractJson.Write(value, type, pretty: true));

    /// <summary>
    /// The fields of a document that are none of ours: another tool, or a newer version, may need them. Null where there are none, and
    /// where the document is none.
    /// </summary>
    /// <param name="type">What ours is.</param>
    /// <exception cref="UnknownVersionException">It is of a version that is not known here.</exception>
    /// <exception cref="IOException">It cannot be read, or is behind a link.</exception>
    public IDictionary<string, JsonElement>? Unknown(GuardedPath path, JsonTypeInfo type)
    {
        if (path.Read() is not { } bytes || TryParse(JsonText.WithoutMark(bytes)) is not { ValueKind: JsonValueKind.Object } root)
        {
            return null;
        }

        CheckVersion(path, root);
        var ours = type.Properties.Select(static property => property.Name).ToHashSet(StringComparer.Ordinal);
        var others = root.EnumerateObject().Where(field => !ours.Contains(field.Name)).ToArray();
        return others.Length == 0 ? null : others.ToDictionary(static field => field.Name, static field => field.Value);
    }

    /// <summary>Appends a row. A file that has reached its bound is rotated (docs/contract.md, "Manager files").</summary>
    /// <param name="held">The loop's short lock, where the caller holds it.</param>
    public void Append<T>(GuardedPath path, T row, JsonTypeInfo<T> type, LoopLock? held = null) =>
        rotation.After(path, path.AppendLine(ContractJson.Write(row, type)), held);

    /// <summary>The same for a row that has to be on disk before anything goes on.</summary>
    /// <param name="held">The loop's short lock, where the caller holds it.</param>
    public void AppendDurably<T>(GuardedPath path, T row, JsonTypeInfo<T> type, LoopLock? held = null) =>
        rotation.After(path, path.AppendLine(ContractJson.Write(row, type), durable: true), held);

    /// <summary>The older generations of a rows file that may be there, and the file itself; oldest first.</summary>
    public IReadOnlyList<GuardedPath> Generations(GuardedPath path) => rotation.Generations(path);

    /// <summary>A file's value; default where there is none.</summary>
    /// <exception cref="ContractException">It is there, and not what it should be.</exception>
    /// <exception cref="IOException">It cannot be read, or is behind a link.</exception>
    public T? Load<T>(GuardedPath path, JsonTypeInfo<T> type)
    {
        try
        {
            return path.Read() is { } bytes ? ContractJson.Read(bytes, type) : default;
        }
        catch (JsonException error)
        {
            throw Broken(path, error);
        }
    }

    /// <summary>What was kept as the manager's state, whoever wrote it; null where there is none.</summary>
    /// <exception cref="ContractException">It is no JSON object, or of a version that is not known here.</exception>
    /// <exception cref="IOException">It cannot be read, or is behind a link.</exception>
    public KeptState? LoadState(GuardedPath path) => LoadDocument(path) is { } root ? KeptState.From(root) : null;

    /// <summary>The sequence diagnostics that were kept, whoever wrote them; null where there are none.</summary>
    /// <inheritdoc cref="LoadState"/>
    public SequenceRecord? LoadSequence() => KeptSequence.From(LoadDocument(Sequence));

    /// <summary>A document of the manager as it is, whoever wrote it; null where there is none.</summary>
    /// <inheritdoc cref="LoadState"/>
    public JsonElement? LoadDocument(GuardedPath path)
    {
        try
        {
            if (path.Read() is not { } bytes)
            {
                return null;
            }

            var root = ContractJson.Read(bytes, ContractJson.Default.JsonElement);
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new JsonException("expected an object");
            }

            CheckVersion(path, root);
            return root;
        }
        catch (JsonException error)
        {
            throw Broken(path, error);
        }
    }

    /// <summary>
    /// The last whole row of a rows file; null where there is none. A row that is no JSON is passed over. Of a file that has only just
    /// been rotated the last row is in the generation before.
    /// </summary>
    /// <exception cref="IOException">It cannot be read, or is behind a link.</exception>
    public JsonElement? LastRow(GuardedPath path) => LastRowOf(path) ?? LastRowOf(RowRotation.Generation(path, 1));

    private static JsonElement? LastRowOf(GuardedPath path)
    {
        var text = End(path, TailBytes);
        while (!text.IsEmpty)
        {
            var begin = text.Span[..^1].LastIndexOf((byte)'\n') + 1;
            if (TryParse(text[begin..^1]) is { } row)
            {
                return row;
            }

            text = text[..begin];
        }

        return null;
    }

    /// <summary>The whole rows at the end of a rows file, oldest first; what is no row is passed over.</summary>
    /// <param name="bytes">How much of the end is read.</param>
    public IReadOnlyList<T> LastRows<T>(GuardedPath path, Func<ReadOnlyMemory<byte>, ArtifactParse<T>> parse, int bytes)
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
    private static ReadOnlyMemory<byte> End(GuardedPath path, int most)
    {
        if (path.Inspect() is not { } probe)
        {
            return default;
        }

        var start = Math.Max(0, probe.Stamp.Size - most);
        var bytes = new byte[(int)(probe.Stamp.Size - start)];
        var text = bytes.AsMemory(0, path.Files.ReadAt(path.Path, start, bytes));
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

    private static void CheckVersion(GuardedPath path, JsonElement root) =>
        UnknownVersionException.Check(root, FailureCodes.ProjectionFailed, path.ToString(), "use that one");

    private static ContractException Broken(GuardedPath path, JsonException error) =>
        new(
            FailureCodes.ProjectionFailed, $"invalid JSON in {path}: {ArtifactText.Fault(error)}; move the file away to start anew",
            error);

    private GuardedPath PathOf(string name) =>
        places?.GetValueOrDefault(name) is { } named ? Named(named) : new(Repository, $"{ArtifactPaths.Manager(loop)}/{name}");
}
