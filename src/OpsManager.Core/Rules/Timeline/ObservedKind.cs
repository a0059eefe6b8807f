using OpsManager.Contract.Words;

namespace OpsManager.Core.Rules.Timeline;

/// <summary>What the manager has seen itself and no line of the log shows (docs/screen.md, "Rows of ops-manager").</summary>
public enum ObservedKind
{
    /// <summary>The run's process has exited, and no event ended the run.</summary>
    ProcessExited,

    /// <summary>The log is shorter than what was read.</summary>
    LogCut,

    /// <summary>The log no longer begins with what was read.</summary>
    LogReplaced,

    /// <summary>An operator decided, or cancelled, by a manager.</summary>
    Control,

    /// <summary>The loop was rolled back.</summary>
    RolledBack,

    /// <summary>An operator has re-armed the loop.</summary>
    Rearmed,

    /// <summary>The repository or sprite cannot be read.</summary>
    SourceLost,

    /// <summary>It can be read again.</summary>
    SourceBack,
}

public static class ObservedKinds
{
    /// <summary>The name that filters and copies go by, as if it were an event's.</summary>
    public static string Word(this ObservedKind kind) => kind switch
    {
        ObservedKind.ProcessExited => "process_exited",
        ObservedKind.LogCut => "log_cut",
        ObservedKind.LogReplaced => "log_replaced",
        ObservedKind.Control => "control",
        ObservedKind.RolledBack => FindingCodes.RolledBack,
        ObservedKind.Rearmed => "rearmed",
        ObservedKind.SourceLost => "source_lost",
        _ => "source_back",
    };
}
