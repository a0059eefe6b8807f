using System.Globalization;

namespace OpsManager.Benchmarks.Data;

/// <summary>A repository of generated loops in a temporary folder, which goes with it.</summary>
public sealed class BenchRepo : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ops-bench-");

    public BenchRepo(int loops, int lines)
    {
        for (var loop = 0; loop < loops; loop++)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Events(loop))!);
            using var file = new FileStream(Events(loop), FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
            new RandomLog(loop + 1).Write(file, lines);
        }
    }

    public string Path => folder.FullName;

    public static string Name(int loop) => string.Create(CultureInfo.InvariantCulture, $"loop-{loop:000}");

    /// <summary>The log of a loop.</summary>
    public string Events(int loop) => System.IO.Path.Combine(Path, ".superloop", "loops", Name(loop), "events.jsonl");

    /// <summary>Writes more lines behind a log, as one write.</summary>
    public void Append(int loop, byte[] lines)
    {
        using var file = new FileStream(Events(loop), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
        file.Write(lines);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
