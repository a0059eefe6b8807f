using System.Formats.Tar;
using OpsManager.Contract;
using OpsManager.Contract.Words;

namespace OpsManager.Sources.Replay;

/// <summary>
/// Reads the files of a .superloop out of a tar archive into memory. Nothing is written to disk. An entry that leads out of the archive,
/// a link and a device are refused by name.
/// </summary>
internal static class RecordedArchive
{
    private const int MaxEntries = 100_000;
    private const int MagicAt = 257;

    /// <summary>So many bytes of a file show whether it is an archive.</summary>
    public const int HeadBytes = 512;

    /// <summary>Whether a file that begins so is an archive.</summary>
    public static bool IsOne(ReadOnlySpan<byte> head) => head.Length == HeadBytes && head[MagicAt..].StartsWith("ustar"u8);

    /// <param name="name">As messages name it.</param>
    /// <exception cref="ContractException">It is no archive, or has more entries than are read.</exception>
    public static RecordedFiles Read(string name, Stream stream)
    {
        var entries = new RecordedFiles();
        try
        {
            ReadEntries(name, stream, entries);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            entries.Fault = $"{name} was cut or is damaged behind its first {entries.Files.Count} files";
        }

        return Placed(name, entries);
    }

    private static void ReadEntries(string name, Stream stream, RecordedFiles entries)
    {
        using var tar = new TarReader(stream, leaveOpen: true);
        for (var count = 1; tar.GetNextEntry() is { } entry; count++)
        {
            if (count > MaxEntries)
            {
                throw new ContractException("recording_too_large", $"{name} has more than {MaxEntries} entries; pack less into it");
            }

            var path = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (entry.EntryType is TarEntryType.Directory or TarEntryType.DirectoryList or TarEntryType.GlobalExtendedAttributes)
            {
                continue;
            }

            if (Fault(entry) is { } fault)
            {
                entries.Refuse(entry.Name, fault);
                continue;
            }

            if (entries.HasRoom(path, entry.Length))
            {
                using var text = new MemoryStream((int)entry.Length);
                entry.DataStream?.CopyTo(text);
                var bytes = text.ToArray();
                entries.Add(new(path, bytes.Length, entry.ModificationTime, () => new MemoryStream(bytes, writable: false)));
                if (bytes.Length < entry.Length)
                {
                    entries.Fault = $"{name} was cut in {path}: what comes behind is missing";
                    return;
                }
            }
        }
    }

    private static string? Fault(TarEntry entry) => entry.EntryType switch
    {
        _ when entry.Name is ['/' or '\\', ..] => "it has an absolute name",
        _ when entry.Name.Split('/', '\\').Contains("..") => "it leads out of the archive",
        TarEntryType.SymbolicLink or TarEntryType.HardLink => "it is a link, which is not followed",
        TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => null,
        _ => "it is not a regular file",
    };

    /// <summary>The entries of one .superloop, under the paths that they have in a repository.</summary>
    private static RecordedFiles Placed(string name, RecordedFiles entries)
    {
        var root = entries.Files.Select(static file => RootOf(file.Path)).FirstOrDefault(static root => root is not null)
            ?? throw new ContractException("recording_invalid",
                $"{name} is an archive without a {ArtifactPaths.Root}: no entry is a loops/LOOP/{FileNames.Events}"
                    + (entries.Note is { } note ? $" ({note})" : "") + (entries.Fault is { } fault ? $"; {fault}" : ""));
        return entries.Under(root, ArtifactPaths.Root + "/");
    }

    /// <summary>What is before the loops' directory in the path of a loop's log; null for any other path.</summary>
    private static string? RootOf(string path)
    {
        var loops = ArtifactPaths.Loops[ArtifactPaths.Root.Length..] + "/";
        var start = $"/{path}".LastIndexOf(loops, StringComparison.Ordinal);
        return start >= 0 && path[(start + loops.Length - 1)..].Split('/') is [_, FileNames.Events] ? path[..start] : null;
    }
}
