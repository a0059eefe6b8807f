using OpsManager.Contract.Words;

namespace OpsManager.Core.Rules.Timeline;

/// <summary>What the manager has seen by itself, and no line of the log tells (docs/screen.md, "Rows of ours").</summary>
public enum ObservedKind
{
    /// <summary>The run's process has exited, and no event ended the run.</summary>
    ProcessExited,

    /// <summary>The log is shorter than what was read.</summary>
    LogCut,

    /// <summary>Other bytes stand where read bytes stood.</summary>
    LogReplaced,

    /// <summary>An operator decided, or cancelled, by a manager.</summary>
    Control,

    /// <summary>The manager has stepped back from the loop.</summary>
    RolledBack,

    /// <summary>An operator has armed the loop again.</summary>
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
