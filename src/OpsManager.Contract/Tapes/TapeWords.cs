namespace OpsManager.Contract.Tapes;

/// <summary>The words of a tape: its fields, what a step does, and the fate of a process (docs/contract.md, "Tapes").</summary>
internal static class TapeWords
{
    public const string Tape = "tape";
    public const string Title = "title";
    public const string RecordedAt = "recordedAt";
    public const string Repo = "repo";
    public const string SeesProcesses = "processes";
    public const string Redaction = "redaction";

    public const string AtMs = "atMs";
    public const string Op = "op";
    public const string Put = "put";
    public const string Append = "append";
    public const string Remove = "remove";
    public const string Process = "process";
    public const string Mark = "mark";

    public const string Path = "path";
    public const string Text = "text";

    public const string Pid = "pid";
    public const string Alive = "alive";
    public const string Command = "command";
    public const string Loop = "loop";
    public const string StartedAt = "startedAt";
    public const string Group = "pgid";
    public const string State = "state";
    public const string Fate = "fate";
    public const string Gone = "gone";
    public const string Unreadable = "unreadable";

    public const string Seen = "seen";
    public const string Inquiry = "inquiry";
    public const string Fact = "fact";
    public const string Ticks = "ticks";
    public const string Fault = "fault";

    public const string Truth = "truth";
    public const string Why = "why";
    public const string Reference = "reference";
}
