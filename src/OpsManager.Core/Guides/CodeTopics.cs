namespace OpsManager.Core.Guides;

/// <summary>How the sections of docs/findings.md are called.</summary>
public static class CodeTopics
{
    public static string TitleOf(CodeTopic topic) => topic switch
    {
        CodeTopic.Run => "The run",
        CodeTopic.Files => "Its files",
        CodeTopic.EventLog => "The event log",
        CodeTopic.Control => "Decisions and control",
        CodeTopic.Sources => "Sources and clocks",
        CodeTopic.Health => "Reasons of health",
        CodeTopic.Gate => "Gates",
        CodeTopic.GateWord => "Words of gates",
        CodeTopic.Outcome => "Outcomes of control",
        _ => "States of a run",
    };
}
