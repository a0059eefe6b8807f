using System.Collections.Immutable;
using System.IO.Abstractions;
using System.Reactive.Concurrency;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Control.Act;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources;
using OpsManager.Sources.Changes;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Session;

/// <summary>What a screen is made of, whatever it is drawn on.</summary>
public sealed record ScreenSettings
{
    /// <summary>Where what was decided is kept.</summary>
    public required IFileSystem Files { get; init; }

    /// <summary>What is watched; a <see cref="SourceSet"/> may change meanwhile.</summary>
    public required IReadOnlyList<ISource> Sources { get; init; }

    /// <summary>Takes each model of the pipeline, on its thread, and never waits; null where nobody wants them.</summary>
    public Action<FleetModel>? Observe { get; init; }

    /// <summary>Takes the phases of the start (<see cref="StartPhases"/>) when they are over; null where nobody wants them.</summary>
    public Action<string>? Mark { get; init; }

    /// <summary>How repositories that belong to a sprite are shown at the start, by their path.</summary>
    public ImmutableDictionary<string, SpriteStyle> Sprites { get; init; } = SpriteStyle.None;

    /// <summary>What becomes of the sprites while the screen runs; null where none are watched.</summary>
    public Func<IScheduler, IObservable<Message>>? SpriteNews { get; init; }

    public required FoldOptions Fold { get; init; }

    /// <summary>How artifacts are folded again to compare; null for the same way.</summary>
    public FoldOptions? FoldAnew { get; init; }

    /// <summary>Compares what is folded with other ways to the same truth; null where there is nothing to compare with.</summary>
    public CheckSettings? Checks { get; init; }

    /// <summary>Start with the event stream off.</summary>
    public bool SnapshotOnly { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The theme at the start.</summary>
    public required Theme Theme { get; init; }

    public required IThemeSource Themes { get; init; }

    public required Keymap Keymap { get; init; }

    /// <summary>
    /// The recordings that are replayed; null in a live session. Then models and files are theirs, nothing is checked, nothing can
    /// be sent and nobody is called. Who made it disposes it, after the session.
    /// </summary>
    public IReplay? Replay { get; init; }

    /// <summary>Recordings that this session does not hold: choosing one ends it (<see cref="ScreenEnd.Replay"/>).</summary>
    public IReadOnlyList<RecordingInfo> Recordings { get; init; } = [];

    /// <summary>The recordings are what was kept of a live session, which goes on when this one is left.</summary>
    public bool IsPast { get; init; }

    /// <summary>Records what is watched; null where nothing can be recorded.</summary>
    public IScreenRecorder? Recorder { get; init; }

    /// <summary>See <see cref="ScreenPorts.CompareRuns"/>.</summary>
    public Func<RunsToCompare, CancellationToken, Task<IReadOnlyList<string>>>? CompareRuns { get; init; }

    /// <summary>See <see cref="ScreenPorts.WriteReport"/>.</summary>
    public Func<string, string, CancellationToken, Task<string>>? WriteReport { get; init; }

    /// <summary>See <see cref="ScreenPorts.VerifyByHand"/>.</summary>
    public Func<string, string, Intent, CancellationToken, Task<ControlResult>>? VerifyByHand { get; init; }

    /// <summary>Start with the list of recordings open.</summary>
    public bool OpensList { get; init; }

    /// <summary>The mouse is taken: clicks, wheel and drags.</summary>
    public bool HasMouse { get; init; }

    /// <summary>What is wrong with the operator's settings; null where nothing is.</summary>
    public string? Notice { get; init; }

    /// <summary>The state of the last session; null to start without it.</summary>
    public SessionState? Before { get; init; }

    /// <summary>By what intents are sent; null where this session may not act: then nothing in it could start a command.</summary>
    public ControlSettings? Control { get; init; }

    /// <summary>Why this session may not act; null where it may.</summary>
    public string? WhyNoControl { get; init; }

    /// <summary>Who acts, as the runtime would record it.</summary>
    public required string Operator { get; init; }

    public NotifySettings Notify { get; init; } = NotifySettings.Default;

    /// <summary>Says something on the terminal when the screen is gone.</summary>
    public required Action<string> Say { get; init; }

    /// <summary>See <see cref="ScreenPorts.Compare"/>.</summary>
    public Func<string, CancellationToken, Task<ChangeList>>? Compare { get; init; }

    /// <summary>See <see cref="ScreenPorts.KeepCopy"/>.</summary>
    public required Func<string, string> KeepCopy { get; init; }
}
