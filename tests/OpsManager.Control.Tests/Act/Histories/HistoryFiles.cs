using System.Globalization;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>
/// The runtime's artifacts of one loop in a real directory. Times of files are by the clock of the history, and differ from write to
/// write: it goes faster than the kernel's.
/// </summary>
internal sealed class HistoryFiles(TimeProvider time) : IDisposable
{
    public const string Loop = "checkout-flow";

    private readonly List<string> marks = [];
    private DateTimeOffset last;

    // In memory where the host offers it: rows are synced to the disk, and thousands of them would wait for it.
    public string Root { get; } = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"ops-manager-history-{Guid.NewGuid():N}")).FullName;

    public string Now => time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Everything that was written, for whoever has to understand a failure.</summary>
    public IReadOnlyList<string> Marks => marks;

    public bool Has(string path) => File.Exists(Full(path));

    public void Note(string what) => marks.Add($"{time.GetUtcNow():mm:ss.fff} {what}");

    /// <summary>In place, as the runtime does.</summary>
    public void Put(string path, string text)
    {
        Note($"{path} {(text.Length == 0 ? "is emptied" : text)}");
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
        Stamp(path);
    }

    public void Append(string path, string line)
    {
        Note($"{path} + {line}");
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.AppendAllText(Full(path), line + "\n");
        Stamp(path);
    }

    public void Remove(string path)
    {
        Note($"{path} is removed");
        File.Delete(Full(path));
    }

    /// <summary>Whole files of the manager, for who checks that they are only added to.</summary>
    public byte[] ReadRows(string name) => File.Exists(RowsPath(name)) ? File.ReadAllBytes(RowsPath(name)) : [];

    public long SizeOfRows(string name) => new FileInfo(RowsPath(name)) is { Exists: true } file ? file.Length : 0;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string RowsPath(string name) => Path.Combine(Root, ".superloop", "ops-manager", Loop, name);

    private string Full(string path) => Path.Combine(Root, ".superloop", path);

    private void Stamp(string path)
    {
        var now = time.GetUtcNow();
        last = now > last ? now : last.AddTicks(10);
        File.SetLastWriteTimeUtc(Full(path), last.UtcDateTime);
    }
}
