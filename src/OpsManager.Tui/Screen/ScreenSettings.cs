using System.Collections.Immutable;
using System.Reactive.Concurrency;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Control.Act;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Check;
using OpsManager.Tui.State;
using OpsManager.Tui.Terminal.Lifetime;

namespace OpsManager.Tui.Screen;

/// <summary>What a screen is made of.</summary>
public sealed record ScreenSettings
{
    /// <summary>What is watched; a <see cref="SourceSet"/> may change meanwhile.</summary>
    public required IReadOnlyList<ISource> Sources { get; init; }

    /// <summary>How repositories that belong to a sprite are shown at the start, by their path.</summary>
    public ImmutableDictionary<string, SpriteLook> Sprites { get; init; } = SpriteLook.None;

    /// <summary>What becomes of the sprites while the screen runs; null where none are watched.</summary>
    public Func<IScheduler, IObservable<Message>>? SpriteNews { get; init; }

    public required Reducer Reducer { get; init; }

    /// <summary>Compare what is folded with other ways to the same truth.</summary>
    public IReadOnlyList<IModelCheck> Checks { get; init; } = [];

    /// <summary>Start with the event stream off.</summary>
    public bool SnapshotOnly { get; init; }

    public required TimeProvider Time { get; init; }

    public required TerminalOptions Terminal { get; init; }

    /// <summary>The theme at the start.</summary>
    public required Theme Theme { get; init; }

    public required IThemeSource Themes { get; init; }

    public required Keymap Keymap { get; init; }

    public bool IsDemo { get; init; }

    /// <summary>What is wrong with the operator's settings; null where nothing is.</summary>
    public string? Notice { get; init; }

    /// <summary>Of the terminal's window.</summary>
    public required string Title { get; init; }

    /// <summary>What of the session before is taken up again; null to start afresh.</summary>
    public SessionState? Before { get; init; }

    /// <summary>Where this session is kept; null to forget it.</summary>
    public ISessionStore? Session { get; init; }

    /// <summary>Makes the place where intents are sent, over the session's models; null where this session may not act.</summary>
    public Func<IObservable<FleetModel>, ControlDesk>? Control { get; init; }

    /// <summary>Why this session may not act; null where it may.</summary>
    public string? WhyNoControl { get; init; }

    /// <summary>Who acts, as the runtime would record it.</summary>
    public required string Operator { get; init; }

    public NotifySettings Notify { get; init; } = NotifySettings.Default;

    /// <summary>Says something on the terminal when the screen is gone.</summary>
    public required Action<string> Say { get; init; }

    /// <summary>See <see cref="ScreenPorts.KeepCopy"/>.</summary>
    public required Func<string, string> KeepCopy { get; init; }

    /// <summary>See <see cref="ScreenPorts.RunPager"/>.</summary>
    public required Func<string, string, int?, string?> RunPager { get; init; }
}
