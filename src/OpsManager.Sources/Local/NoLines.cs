namespace OpsManager.Sources.Local;

/// <summary>A file that is not opened, and why.</summary>
internal sealed class NoLines(string path, string fault) : ITextLines
{
    public string Path => path;

    public int Count => 0;

    public long Size => 0;

    public long BytesBefore => 0;

    public string? Fault => fault;

    public IReadOnlyList<TextLine> Read(int from, int count) => [];

    public TextChange Refresh() => TextChange.None;
}
