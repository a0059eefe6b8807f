using OpsManager.Contract.Words;

namespace OpsManager.Core.Guides;

/// <summary>Findings about what is read, and about clocks.</summary>
internal static class SourceGuides
{
    public static readonly IReadOnlyList<CodeGuide> All =
    [
        new(
            FindingCodes.SourceFailed, CodeTopic.Sources,
            "The repository, or the sprite, cannot be read. What is shown was read before.",
            "the error of the last attempt",
            "Correct what the message names: it is then read again by itself.",
            "wake", "show-why"),
        new(
            FindingCodes.ClockSkew, CodeTopic.Sources,
            "The clock of this host, or of the one that writes the log, is wrong. Ages may be wrong until it is set.",
            "the newest event and this host's clock",
            "Set the clock that is wrong.",
            "show-timeline"),
    ];
}
