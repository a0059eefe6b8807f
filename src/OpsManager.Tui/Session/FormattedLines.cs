using OpsManager.Sources.Local;
using OpsManager.Tui.Pager;

namespace OpsManager.Tui.Session;

/// <summary>A file of JSON or Markdown, formatted for reading. One that is too large for that, or is none, is shown as it is.</summary>
internal sealed class FormattedLines : ITextLines
{
    /// <summary>Largest file that is formatted, in bytes.</summary>
    private const int MaxBytes = 1024 * 1024;

    private readonly ITextLines file;
    private readonly PagerSyntax syntax;
    private ITextLines shown;

    public FormattedLines(ITextLines file, PagerSyntax syntax)
    {
        (this.file, this.syntax) = (file, syntax);
        shown = Format();
    }

    public string Path => file.Path;

    public long Size => shown.Size;

    public long? Count => shown.Count;

    public string? Fault => file.Fault;

    public void Dispose() => file.Dispose();

    public TextChange Refresh()
    {
        var change = file.Refresh();
        if (change != TextChange.None)
        {
            shown = Format();
        }

        // A file that is rewritten as a whole is what such files mostly are.
        return change == TextChange.StartedOver ? TextChange.Grown : change;
    }

    public IReadOnlyList<TextLine> Forward(long start, int count) => shown.Forward(start, count);

    public IReadOnlyList<TextLine> Backward(long end, int count) => shown.Backward(end, count);

    public long LineAt(long offset) => shown.LineAt(offset);

    public long? NumberOf(long start) => shown.NumberOf(start);

    public bool CountOn(long maxBytes) => shown.CountOn(maxBytes);

    public FindStep Find(string text, long from, bool isBackward, long maxBytes) => shown.Find(text, from, isBackward, maxBytes);

    private ITextLines Format()
    {
        if (file.Size > MaxBytes)
        {
            return file;
        }

        List<string> lines = [];
        for (long at = 0; at < file.Size && file.Forward(at, TextLines.MaxLines) is { Count: > 0 } read; at = read[^1].End)
        {
            if (read.Any(static line => line.IsCut))
            {
                return file;
            }

            lines.AddRange(read.Select(static line => line.Text));
        }

        return syntax == PagerSyntax.Markdown ? new FixedLines(MarkdownColours.Unfenced(lines))
            : EventPage.Indented(string.Join('\n', lines)) is { } indented ? new FixedLines(indented)
            : file;
    }
}
