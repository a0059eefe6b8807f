using OpsManager.Contract.Manager;

namespace OpsManager.Tui.Content;

/// <summary>A piece of evidence in words: where it is, and what it says.</summary>
internal static class EvidenceText
{
    public static string For(EvidenceRecord evidence) =>
        evidence.Path is null ? evidence.Fact : $"{evidence.Path}{(evidence.Line is { } line ? $":{line}" : "")}: {evidence.Fact}";
}
