using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>One execution of the runtime's command, by the executor's own notes.</summary>
/// <param name="Question">What waited when it was sent; null for a cancel.</param>
/// <param name="Pid">The process that ran then; null where none did.</param>
internal sealed record HistorySent(string Key, Intent Intent, DateTimeOffset At, HistoryQuestion? Question, int? Pid)
{
    /// <summary>The command has recorded a decision on what waited.</summary>
    public bool TookEffect { get; set; }
}
