using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;

namespace OpsManager.Sources.Replay;

/// <summary>Tapes on disk.</summary>
public static class TapeStore
{
    /// <summary>How the name of a tape ends.</summary>
    public const string Extension = ".tape.jsonl";

    public static Tape Read(IFileSystem files, string path)
    {
        if (!files.File.Exists(path))
        {
            throw new ContractException(FailureCodes.SnapshotUnavailable, $"required artifact missing: {path}");
        }

        using var stream = files.FileStream.New(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return TapeReader.Read(Name(files.Path.GetFileName(path)), stream);
    }

    /// <summary>A tape's name is its file's name without the ending.</summary>
    public static string Name(string fileName) =>
        fileName.EndsWith(Extension, StringComparison.Ordinal) ? fileName[..^Extension.Length] : fileName;
}
