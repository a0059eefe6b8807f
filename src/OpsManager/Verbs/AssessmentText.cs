using OpsManager.Contract;
using OpsManager.Contract.Manager;

namespace OpsManager.Verbs;

/// <summary>What is concluded of a loop, as lines with a label, for people.</summary>
internal static class AssessmentText
{
    /// <summary>Label and text of each line: the lifecycle, then each alert.</summary>
    public static IEnumerable<string[]> Rows(AssessmentRecord assessment)
    {
        yield return ["Lifecycle", $"{assessment.Display ?? Word(assessment.Lifecycle)} ({Word(assessment.Confidence)} confidence)"];
        yield return ["Decided by", assessment.Reason];
        foreach (var alert in assessment.Findings.Where(static finding => finding.ExplainedBy is null))
        {
            var evidence = alert.Evidence is [var first, ..] ? $": {first.Fact}" : "";
            yield return ["Alert", $"{alert.Code} ({alert.Severity.ToString().ToLowerInvariant()}){evidence}"];
        }
    }

    /// <summary>The status of the contract with what is known of its run.</summary>
    public static string Status(Lifecycle status, Confidence? confidence, string? run, long? iteration) => string.Join(", ", [
        $"{Word(status)}{(confidence is { } sure ? $" ({Word(sure)} confidence)" : "")}",
        .. run is null ? Array.Empty<string>() : [$"run {run}"],
        .. iteration is null ? Array.Empty<string>() : [$"iteration {iteration}"]]);

    /// <summary>The word for people.</summary>
    public static string Word(Lifecycle lifecycle) => lifecycle == Lifecycle.AwaitingApproval ? "waiting" : lifecycle.Word();

    private static string Word(Confidence confidence) => confidence.ToString().ToLowerInvariant();
}
