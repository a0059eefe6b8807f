using OpsManager.Contract.Text;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>What is sent for a cluster that is not one ASCII character.</summary>
/// <param name="Text">Clean, and as wide as the cells that it has.</param>
/// <param name="IsDisputed">Terminals differ in how far they advance over it.</param>
/// <param name="Reach">Cells that it may cover on some terminal.</param>
internal readonly record struct SentCluster(string Text, bool IsDisputed, int Reach)
{
    /// <summary>Decides for a cluster, whoever wrote it into the buffer.</summary>
    /// <param name="cluster">Not empty.</param>
    /// <param name="width">Cells that it has, one or two.</param>
    /// <param name="room">Cells from its first to the end of the row; it has them at least.</param>
    /// <param name="asciiOnly">Send nothing outside ASCII.</param>
    public static SentCluster For(string cluster, int width, int room, bool asciiOnly)
    {
        var text = Sendable(cluster, width, asciiOnly);
        if (SafeText.IsPrintableAscii(text) || !CellText.IsWidthDisputed(text))
        {
            return new SentCluster(text, false, width);
        }

        var reach = CellText.MaxWidth(text);
        // Where it is wider than we think, a part of it would be in the next line, and nobody would take it away.
        return reach > room ? new SentCluster(AtEdge(text, width), false, width) : new SentCluster(text, true, reach);
    }

    private static string Sendable(string text, int width, bool asciiOnly)
    {
        if (text.Length > CellText.MaxGraphemeLength || !SafeText.IsClean(text))
        {
            text = width == 1 ? "\uFFFD" : "\uFFFD ";
        }

        return asciiOnly ? AsciiStandIn.For(text, width) : text;
    }

    /// <summary>What to show of a cluster that may not fit: its letter without the marks on it, else blanks.</summary>
    private static string AtEdge(string cluster, int width) =>
        width == 1 && cluster[0] is > ' ' and <= '~' ? cluster[..1] : new string(' ', width);
}
