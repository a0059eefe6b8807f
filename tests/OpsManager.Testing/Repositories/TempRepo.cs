using System.IO.Abstractions;
using System.Text;
using OpsManager.Contract;
using OpsManager.Sources.Files;

namespace OpsManager.Testing;

/// <summary>A repository of real files, gone with the test.</summary>
internal sealed class TempRepo : IDisposable
{
    public const string Loop = "checkout-flow";

    private int clock;

    public TempRepo() => Directory.CreateDirectory(Full(ArtifactPaths.Loop(Loop)));

    public string Root { get; } = Directory.CreateTempSubdirectory("ops-manager-").FullName;

    public GuardedFiles Files => GuardedFiles.Open(new FileSystem(), Root);

    public static string Log => ArtifactPaths.Events(Loop);

    public string Full(string path) => Path.Combine(Root, path);

    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(Full(path), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(bytes);
    }

    public void Append(string path, string text) => Append(path, Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// Writes in place, as the runtime does, and gives the file a time of its own: file times move in steps that a test is
    /// faster than.
    /// </summary>
    public void Write(string path, string text)
    {
        File.WriteAllText(Full(path), text);
        File.SetLastWriteTimeUtc(Full(path), new DateTime(2026, 11, 22, 19, 0, 0, DateTimeKind.Utc).AddSeconds(++clock));
    }

    /// <summary>Writes beside the file and renames over it.</summary>
    public void Replace(string path, string text)
    {
        File.WriteAllText(Full(path + ".new"), text);
        File.Move(Full(path + ".new"), Full(path), overwrite: true);
    }

    public void Cut(string path, long length)
    {
        using var stream = new FileStream(Full(path), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.SetLength(length);
    }

    public void Dispose() => TempFolder.Delete(Root);
}
