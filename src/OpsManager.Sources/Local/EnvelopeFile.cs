using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Text;
using OpsManager.Core.Events;

namespace OpsManager.Sources.Local;

/// <summary>Envelopes in files: one snapshot a file, events as JSON lines.</summary>
public sealed class EnvelopeFile(IFileSystem files)
{
    /// <summary>Largest file that is read as one value, in bytes.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Longest line of an event file: the event's line is in it twice, as fields and as it was.</summary>
    private const int MaxLineBytes = 4 * EventRowReader.MaxLineBytes;

    public SnapshotEnvelope Snapshot(string path, string? loopId) => EnvelopeReader.Snapshot(Whole(path), path, loopId);

    /// <summary>Every envelope of the file, in order; blank lines are passed over.</summary>
    public IEnumerable<EventEnvelope> Events(string path, string? loopId)
    {
        foreach (var (number, line) in Lines(path))
        {
            yield return EnvelopeReader.Event(line, $"{path}, line {number}", loopId);
        }
    }

    /// <summary>Lines that are not blank, with their numbers.</summary>
    public IEnumerable<(int Number, ReadOnlyMemory<byte> Line)> Lines(string path)
    {
        using var stream = Open(path);
        foreach (var (number, line) in Utf8Lines.Read(stream, path, MaxLineBytes))
        {
            if (!ArtifactText.IsBlank(line.Span))
            {
                yield return (number, line);
            }
        }
    }

    public ReadOnlyMemory<byte> Whole(string path)
    {
        using var stream = Open(path);
        if (stream.Length > MaxBytes)
        {
            throw new ContractException(
                FailureCodes.ServiceResponseInvalid, $"{path} has {stream.Length} bytes, more than {MaxBytes}: it is not read");
        }

        var bytes = new byte[stream.Length];
        return bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    private FileSystemStream Open(string path) => files.File.Exists(path)
        ? files.FileStream.New(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
        : throw new ContractException(FailureCodes.SnapshotUnavailable, $"required artifact missing: {path}");
}
