namespace OpsManager.Core.Guides;

/// <summary>Every guide, in the order of docs/findings.md.</summary>
public static class CodeGuides
{
    public static readonly IReadOnlyList<CodeGuide> All =
    [
        .. RunGuides.All, .. FileGuides.All, .. EventLogGuides.All, .. ControlGuides.All, .. SourceGuides.All, .. HealthGuides.All,
        .. GateGuides.All, .. OutcomeGuides.All, .. StateGuides.All,
    ];

    /// <summary>
    /// Those of a code or a word, most often one: a word such as <c>unknown</c> is of a gate and of an outcome. Empty where there is none.
    /// </summary>
    public static IReadOnlyList<CodeGuide> Find(string code) =>
        [.. All.Where(guide => string.Equals(guide.Code, code, StringComparison.OrdinalIgnoreCase))];
}
