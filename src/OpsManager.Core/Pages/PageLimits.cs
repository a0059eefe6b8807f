using System.Globalization;
using OpsManager.Core.Documents;

namespace OpsManager.Core.Pages;

/// <summary>
/// How much of a run a report lists: a run of 100,000 events makes a page that a browser opens at once. What is left out is said.
/// </summary>
internal static class PageLimits
{
    /// <summary>Iterations in a table.</summary>
    public const int Iterations = 100;

    /// <summary>Iterations in the picture.</summary>
    public const int DrawnIterations = 30;

    /// <summary>Rows of any other table, and parts of the ribbon.</summary>
    public const int Rows = 200;

    /// <summary>Rows of a table that are shown without unfolding it.</summary>
    public const int OpenRows = 25;

    /// <summary>Evidence of one finding.</summary>
    public const int Evidence = 20;

    /// <summary>The newest of a list, and a sentence about the rest; the sentence is null where nothing is left out.</summary>
    /// <param name="noun">Of several, such as "iterations".</param>
    public static (IReadOnlyList<TRow> Kept, string? LeftOut) Newest<TRow>(IReadOnlyList<TRow> all, int limit, string noun) =>
        all.Count <= limit ? (all, null)
        : ([.. all.Skip(all.Count - limit)], string.Create(
            CultureInfo.InvariantCulture,
            $"The newest {limit} of {all.Count} {noun} are listed; {all.Count - limit} older ones are left out."));

    /// <summary>A table, folded where it is long.</summary>
    public static Block Table(TableBlock table) => table.Rows.Count <= OpenRows
        ? table
        : new Folded(string.Create(CultureInfo.InvariantCulture, $"{table.Caption} ({table.Rows.Count} rows)"), [table]);

    /// <summary>A table with a sentence about what it leaves out.</summary>
    public static IEnumerable<Block> Table(TableBlock table, string? leftOut) =>
        leftOut is null ? [Table(table)] : [Table(table), new Paragraph(leftOut, Tone.Muted)];
}
