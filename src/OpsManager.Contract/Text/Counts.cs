using System.Globalization;

namespace OpsManager.Contract.Text;

/// <summary>A number with its noun: "1 line", "26 lines".</summary>
public static class Counts
{
    /// <summary>The number and the noun, which agree. For nouns that take an "s".</summary>
    public static string Text(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>The same with "was" or "were": "1 line was", "26 lines were".</summary>
    public static string Were(long count, string noun) => $"{Text(count, noun)} {(count == 1 ? "was" : "were")}";
}
