using System.Reactive.Concurrency;
using OpsManager.Configuration.Themes;
using OpsManager.Control.Act;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources.Changes;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Session;

/// <summary>What the screen reaches of the world: everything that is no drawing.</summary>
internal sealed record ScreenPorts
{
    public required IEventText Lines { get; init; }

    public required ILoopFiles Files { get; init; }

    public required IThemeSource Themes { get; init; }

    public required LineSearch Search { get; init; }

    /// <summary>Where searches run; they may take long.</summary>
    public required IScheduler SearchScheduler { get; init; }

    /// <summary>Where intents are sent; null where this session may not act: then there is nothing that could start a process.</summary>
    public ControlDesk? Control { get; init; }

    /// <summary>The recordings that are replayed; null in a live session.</summary>
    public IReplay? Replay { get; init; }

    /// <summary>Switches the event stream off, where true, or on.</summary>
    public required Action<bool> SwitchStream { get; init; }

    /// <summary>Asks the sprite behind a repository now, and often for a while.</summary>
    public required Action<string> Wake { get; init; }

    /// <summary>Says to the sprite of a loop that somebody looks at it; does nothing where there is none.</summary>
    public required Action<LoopKey> LookAt { get; init; }

    /// <summary>
    /// Finds the files of a repository that differ from its last commit, beside the screen; null where nothing may be started.
    /// </summary>
    public Func<string, CancellationToken, Task<ChangeList>>? Compare { get; init; }

    /// <summary>
    /// Compares two runs, beside the screen: what they differ in, or why they cannot be compared, in lines of the pager.
    /// </summary>
    public Func<RunsToCompare, CancellationToken, Task<IReadOnlyList<string>>>? CompareRuns { get; init; }

    /// <summary>Writes a report on the newest run of a loop of a repository, beside the screen, and says where it is.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public Func<string, string, CancellationToken, Task<string>>? WriteReport { get; init; }

    /// <summary>
    /// Judges from its artifacts what was done by hand to a loop of a repository, beside the screen, and records the result; null where
    /// nothing may be recorded.
    /// </summary>
    public Func<string, string, Intent, CancellationToken, Task<ControlResult>>? VerifyByHand { get; init; }

    /// <summary>Begins to record a repository into a file, or ends that; null where nothing can be recorded.</summary>
    public Action<string>? Record { get; init; }

    /// <summary>Keeps a text that is too long to be copied in a file, and says which.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public required Func<string, string> KeepCopy { get; init; }

    public required ScreenTerminal Terminal { get; init; }
}
