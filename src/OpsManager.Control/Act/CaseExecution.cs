using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>How the command of a case ended, as far as its record says.</summary>
internal static class CaseExecution
{
    public static Execution Execution(this ControlCase known) => new(
        known.ExitCode, known.Output ?? "", known.ExecutedAt is null ? "its sender exited before the command ended" : null,
        WasStarted: true);
}
