namespace OpsManager.Core.Guides;

/// <summary>What a code or a word is about: the sections of docs/findings.md, in their order.</summary>
public enum CodeTopic
{
    Run,
    Files,
    EventLog,
    Control,
    Sources,
    Health,
    Gate,
    GateWord,
    Outcome,
    State,
}
