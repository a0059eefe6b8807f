using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Session;

/// <summary>What the screen reaches of the terminal that it is drawn on, and of the thread that draws it.</summary>
internal sealed record ScreenTerminal
{
    /// <summary>Runs something on the UI thread.</summary>
    public required Action<Action> Post { get; init; }

    /// <summary>Runs something on the UI thread after a while.</summary>
    public required Action<TimeSpan, Action> After { get; init; }

    /// <summary>How long the session has run, by a clock that is never set.</summary>
    public required Func<TimeSpan> Uptime { get; init; }

    public required Action Quit { get; init; }

    /// <summary>Ends the session, and asks for a replay of a recording by its name; empty for the list of them.</summary>
    public required Action<string> LeaveForReplay { get; init; }

    /// <summary>Ends the session, and asks for what was recorded of a run on this host.</summary>
    public Action<LoopKey> LeaveForPast { get; init; } = static _ => { };

    /// <summary>Stops the program until the shell continues it.</summary>
    public required Action Suspend { get; init; }

    /// <summary>Paints every cell again.</summary>
    public required Action PaintAnew { get; init; }

    /// <summary>Copies through the terminal; false where the text is too long for that.</summary>
    public required Func<string, bool> Copy { get; init; }

    /// <summary>
    /// Shows a file of a repository in the operator's own pager, which has the terminal meanwhile; says what went wrong, or null.
    /// </summary>
    public required Func<string, string, int?, string?> RunPager { get; init; }
}
