using OpsManager.Contract;

namespace OpsManager.Sources.Replay;

/// <summary>The files of a .superloop, within bounds, and what was not taken.</summary>
internal sealed class RecordedFiles
{
    /// <summary>Of all files together, in bytes.</summary>
    public const long MaxBytes = RecordingStream.MaxBytes;

    /// <summary>Of a file that is shown whole; a log may be as large as all files together.</summary>
    private const long MaxFileBytes = 32 * 1024 * 1024;

    private const int MaxFiles = 20_000;

    /// <summary>Names that a note has at most.</summary>
    private const int MaxNamed = 3;

    private readonly List<RecordedFile> files = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<string> refused = [];
    private long bytes;

    public IReadOnlyList<RecordedFile> Files => files;

    /// <summary>Why it ends before all files were read, such as an archive that was cut; null where it does not.</summary>
    public string? Fault { get; set; }

    /// <summary>What was not taken and why; null where nothing was left out.</summary>
    public string? Note => refused.Count == 0 ? null
        : $"not read: {string.Join("; ", refused.Take(MaxNamed))}"
            + (refused.Count > MaxNamed ? $"; and {refused.Count - MaxNamed} more" : "");

    public bool IsFull => files.Count >= MaxFiles;

    /// <summary>Whether a file of this size may be taken; what may not is noted.</summary>
    public bool HasRoom(string path, long size)
    {
        if (files.Count >= MaxFiles)
        {
            Refuse(path, $"there are more than {MaxFiles} files");
            return false;
        }

        if (size > MaxFileBytes && !path.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            Refuse(path, $"it is larger than {RecordingStream.Mebibytes(MaxFileBytes)}");
            return false;
        }

        if (bytes + size > MaxBytes)
        {
            Refuse(path, $"all files together are larger than {RecordingStream.Mebibytes(MaxBytes)}");
            return false;
        }

        return true;
    }

    /// <summary>Takes a file for which there was room. Of two of one path, which an archive may have, the last counts.</summary>
    public void Add(RecordedFile file)
    {
        bytes += file.Size;
        if (places.TryGetValue(file.Path, out var place))
        {
            files[place] = file;
            return;
        }

        places.Add(file.Path, files.Count);
        files.Add(file);
    }

    public void Refuse(string path, string why) => refused.Add($"{path}: {why}");

    /// <summary>The files below <paramref name="from"/>, as if they were below <paramref name="to"/>.</summary>
    public RecordedFiles Under(string from, string to)
    {
        var moved = new RecordedFiles { Fault = Fault };
        moved.refused.AddRange(refused);
        foreach (var file in files.Where(file => file.Path.StartsWith(from, StringComparison.Ordinal)))
        {
            moved.Add(new(to + file.Path[from.Length..], file.Size, file.ModifiedAt, file.Open));
        }

        return moved;
    }

    /// <summary>Whether it has the log of a loop: without one there is nothing to look at again.</summary>
    public bool HasLog => files.Exists(static file => file.Loop is { } loop && file.Path == ArtifactPaths.Events(loop));
}
