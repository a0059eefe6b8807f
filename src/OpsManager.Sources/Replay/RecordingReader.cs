using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;

namespace OpsManager.Sources.Replay;

/// <summary>What could be opened at a path, in order, and what is wrong with the rest of it.</summary>
public sealed record OpenedRecordings(IReadOnlyList<RecordingEntry> Entries, IReadOnlyList<string> Faults);

/// <summary>
/// Opens what can be replayed: a tape, packed or not; a repository, its .superloop, or an archive of one; a directory of tapes.
/// </summary>
public static class RecordingReader
{
    private const string Packed = ".gz";

    /// <summary>Whether anything is at a path.</summary>
    public static bool Exists(IFileSystem files, string path) => path.Length > 0 && RecordingPlace.Exists(files, path);

    /// <summary>Reads all that is there once, so that a fault is known before anything is shown.</summary>
    /// <exception cref="ContractException">Nothing there can be opened; the message says why, and in which line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static OpenedRecordings Open(IFileSystem files, string path)
    {
        var place = RecordingPlace.Find(files, path);
        return place.IsDirectory ? OpenDirectory(place) : new([Entry(() => ReadFile(place))], []);
    }

    private static OpenedRecordings OpenDirectory(RecordingPlace place)
    {
        if (place.Below(ArtifactPaths.Root) is { IsThere: true } root)
        {
            root.CheckDirectory();
            return new([Entry(() => ReadFolder(root, place.Name))], []);
        }

        if (place.Name == ArtifactPaths.Root || place.Below(ArtifactPaths.Loops[(ArtifactPaths.Root.Length + 1)..]).IsDirectory)
        {
            return new([Entry(() => ReadFolder(place, place.Name == ArtifactPaths.Root ? place.ParentName : place.Name))], []);
        }

        var tapes = place.Files().Where(static name => IsTape(name)).ToArray();
        return tapes.Length > 0 ? OpenTapes(place, tapes) : throw new ContractException("recording_missing",
            $"{place.Full} has nothing to replay: no {ArtifactPaths.Root}, and no file that ends in {TapeStore.Extension} or "
                + $"{TapeStore.Extension}{Packed}; name a tape, a repository, or a directory of tapes");
    }

    private static OpenedRecordings OpenTapes(RecordingPlace place, string[] tapes)
    {
        var entries = new List<RecordingEntry>();
        var faults = new List<string>();
        foreach (var name in tapes)
        {
            try
            {
                entries.Add(Entry(() => ReadTape(place.Below(name)), keeps: entries.Count == 0));
            }
            catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
            {
                faults.Add(error.Message);
            }
        }

        return entries.Count > 0 ? new(entries, faults) : throw new ContractException("recording_invalid",
            $"none of the {tapes.Length} tapes in {place.Full} can be read: {faults[0]}");
    }

    /// <summary>Reads the recording once now. The one that is shown first is kept, so that it is not read twice.</summary>
    private static RecordingEntry Entry(Func<Tape> read, bool keeps = true)
    {
        var tape = read();
        var entry = new RecordingEntry(new RecordingInfo(tape.Name, tape.Title), read);
        return keeps ? entry.Keeping(tape) : entry;
    }

    private static bool IsTape(string name) => name.EndsWith(TapeStore.Extension, StringComparison.Ordinal)
        || name.EndsWith(TapeStore.Extension + Packed, StringComparison.Ordinal);

    private static Tape ReadFile(RecordingPlace place)
    {
        var head = Head(place);
        return OtherPacking.Find(head) is { } packing
            ? throw new ContractException("recording_invalid",
                $"{place.Full} is packed with {packing.Name}, which is not read here. Unpack it first ({packing.Command}), or pack it "
                    + "with gzip")
            : RecordedArchive.IsOne(head) ? ReadArchive(place) : ReadTape(place);
    }

    /// <summary>The first bytes of a file, after gzip; none if gzip cannot unpack them.</summary>
    private static ReadOnlySpan<byte> Head(RecordingPlace place)
    {
        using var stream = place.Open();
        var head = new byte[RecordedArchive.HeadBytes];
        try
        {
            return head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            // The file was cut too early; the reader of tapes says what is wrong with it.
            return [];
        }
    }

    private static Tape ReadTape(RecordingPlace place)
    {
        using var stream = place.Open();
        var name = place.Name.EndsWith(Packed, StringComparison.Ordinal) ? place.Name[..^Packed.Length] : place.Name;
        return TapeReader.ReadToCut(place.Name, stream) with { Name = TapeStore.Name(name) };
    }

    private static Tape ReadArchive(RecordingPlace place)
    {
        using var stream = place.Open();
        return RecordedTape.Create(place.Name, RecordedArchive.Read(place.Full, stream));
    }

    private static Tape ReadFolder(RecordingPlace place, string name) =>
        RecordedTape.Create(name, RecordedFolder.List(place.Door, place.Path));
}
