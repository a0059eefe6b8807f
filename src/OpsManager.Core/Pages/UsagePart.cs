using OpsManager.Contract.Artifacts;
using OpsManager.Core.Documents;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Pages;

/// <summary>What the run took, by role and by model.</summary>
internal static class UsagePart
{
    private static readonly string[] Head = ["Calls", "Time", "Tokens in", "Tokens out", "Cached tokens", "Cost"];

    public static Section From(RunPageInput input)
    {
        var rows = input.Run.Usage;
        if (rows.Count == 0)
        {
            return new Section("Usage", [new Paragraph("usage.jsonl has no row of this run.", Tone.Muted)]);
        }

        return new Section("Usage",
        [
            Table("Usage by role", "Role", rows, static row => row.Role ?? "not named"),
            Table("Usage by model", "Model", rows, static row => row.Model ?? row.Runner ?? "not named"),
        ]);
    }

    private static Block Table(string caption, string name, IReadOnlyList<UsageEntry> rows, Func<UsageEntry, string> key)
    {
        var groups = rows.GroupBy(key, StringComparer.Ordinal).Select(static group => (Name: group.Key, Sum: UsageSum.From(group)))
            .OrderByDescending(static group => group.Sum.Cost ?? 0).ThenBy(static group => group.Name, StringComparer.Ordinal).ToArray();
        return PageLimits.Table(new TableBlock(caption, [name, .. Head],
            [.. groups.Take(PageLimits.Rows).Select(static group => Row(group.Name, group.Sum)), Row("All", UsageSum.From(rows))])
        {
            Numbers = [1, 2, 3, 4, 5, 6],
        });
    }

    private static IReadOnlyList<Cell> Row(string name, UsageSum sum) =>
    [
        name, PageText.Count(sum.Rows), PageText.Took(sum.DurationMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null),
        PageText.Count(sum.InputTokens), PageText.Count(sum.OutputTokens), PageText.Count(sum.CachedTokens), PageText.Cost(sum.Cost),
    ];
}
