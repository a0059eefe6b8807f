using System.IO.Abstractions;
using System.Text;
using OpsManager.Contract.Tapes;

namespace OpsManager.Sources.Replay;

/// <summary>Tapes on disk.</summary>
public static class TapeStore
{
    private const string Extension = ".tape.jsonl";

    public static Tape Read(IFileSystem files, string path)
    {
        using var stream = files.FileStream.New(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(Name(files.Path.GetFileName(path)), stream);
    }

    public static Tape Read(string name, Stream stream)
    {
        using var text = new StreamReader(stream, Encoding.UTF8);
        return TapeReader.Read(name, text);
    }

    /// <summary>A tape's name is its file's name without the ending.</summary>
    public static string Name(string fileName) => fileName.EndsWith(Extension, StringComparison.Ordinal) ? fileName[..^Extension.Length] : fileName;
}
