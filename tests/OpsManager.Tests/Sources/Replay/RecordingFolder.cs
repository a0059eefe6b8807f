using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using OpsManager.Contract.Tapes;

namespace OpsManager.Tests.Sources.Replay;

/// <summary>A folder of real files, gone with the test: tapes, archives, and what a run has left.</summary>
internal sealed class RecordingFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("ops-manager-").FullName;

    public string Full(string path) => Path.Combine(Root, path);

    public string Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public string Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllBytes(Full(path), bytes);
        return Full(path);
    }

    /// <summary>The files that a tape leaves at its end, each with the time of its last change, or all with the time of a copy.</summary>
    public string LayOut(Tape tape, bool isCopy = false)
    {
        foreach (var step in tape.Steps)
        {
            switch (step)
            {
                case TapePut put:
                    Date(Write(put.Path, put.Text), tape, step, isCopy);
                    break;
                case TapeAppend append:
                    Directory.CreateDirectory(Path.GetDirectoryName(Full(append.Path))!);
                    File.AppendAllBytes(Full(append.Path), append.Text);
                    Date(Full(append.Path), tape, step, isCopy);
                    break;
                case TapeRemove remove:
                    File.Delete(Full(remove.Path));
                    break;
            }
        }

        return Root;
    }

    /// <summary>An archive of all files of the folder.</summary>
    public string Pack(string name, string prefix = "")
    {
        using var stream = File.Create(Full(name));
        using Stream packed = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionLevel.Fastest) : stream;
        using var tar = new TarWriter(packed);
        foreach (var file in Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Where(file => file != Full(name)))
        {
            tar.WriteEntry(file, prefix + Path.GetRelativePath(Root, file));
        }

        return Full(name);
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    public void Dispose() => TempFolder.Delete(Root);

    private static void Date(string file, Tape tape, TapeStep step, bool isCopy) =>
        File.SetLastWriteTimeUtc(
            file, isCopy ? new DateTime(2027, 3, 1, 0, 0, 0, DateTimeKind.Utc) : (tape.RecordedAt + step.At).UtcDateTime);
}
