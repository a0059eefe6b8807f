using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>How the command of a case went, as far as its record tells.</summary>
internal static class CaseExecution
{
    public static Execution Execution(this ControlCase known) => new(
        known.ExitCode, known.Output ?? "", known.ExecutedAt is null ? "whoever sent it ended before the command did" : null,
        WasStarted: true);
}
