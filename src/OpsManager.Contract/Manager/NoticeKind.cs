using System.Text.Json.Serialization;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Manager;

/// <summary>What an operator is called for (docs/notify.md).</summary>
[JsonConverter(typeof(WordConverter<NoticeKind>))]
public enum NoticeKind
{
    /// <summary>A run waits for a decision.</summary>
    [JsonStringEnumMemberName(NoticeKinds.ApprovalAskedWord)] ApprovalAsked,

    /// <summary>A run died or broke.</summary>
    [JsonStringEnumMemberName(NoticeKinds.RunFailedWord)] RunFailed,

    /// <summary>A loop was rolled back.</summary>
    [JsonStringEnumMemberName(EscalationCategories.RolledBack)] RolledBack,

    /// <summary>The result of an intent is unknown or contradicted.</summary>
    [JsonStringEnumMemberName(EscalationCategories.ControlAmbiguous)] ControlAmbiguous,

    /// <summary>The sources of a loop contradict each other. This and what follows are told by verbs with <c>--notify</c>.</summary>
    [JsonStringEnumMemberName(EscalationCategories.DivergenceDetected)] DivergenceDetected,

    /// <summary>Snapshots or events of a loop did not come in order.</summary>
    [JsonStringEnumMemberName(EscalationCategories.OrderingDriftDetected)] OrderingDriftDetected,

    /// <summary>The health of a loop is degraded.</summary>
    [JsonStringEnumMemberName(EscalationCategories.HealthDegraded)] HealthDegraded,

    /// <summary>The health of a loop is critical.</summary>
    [JsonStringEnumMemberName(EscalationCategories.HealthCritical)] HealthCritical,
}

/// <summary>The words as they are written in files and settings.</summary>
public static class NoticeKinds
{
    internal const string ApprovalAskedWord = "approval_asked";
    internal const string RunFailedWord = "run_failed";

    private static readonly string[] AllWords = [
        ApprovalAskedWord, RunFailedWord, EscalationCategories.RolledBack, EscalationCategories.ControlAmbiguous,
        EscalationCategories.DivergenceDetected, EscalationCategories.OrderingDriftDetected, EscalationCategories.HealthDegraded,
        EscalationCategories.HealthCritical,
    ];

    public static IReadOnlyList<NoticeKind> All { get; } = Enum.GetValues<NoticeKind>();

    public static IReadOnlyList<string> Words => AllWords;

    public static string Word(this NoticeKind kind) => AllWords[(int)kind];

    /// <summary>Reads one of the words; false for any other text.</summary>
    public static bool TryParse(string? word, out NoticeKind kind)
    {
        var index = Array.IndexOf(AllWords, word);
        kind = (NoticeKind)Math.Max(0, index);
        return index >= 0;
    }
}
