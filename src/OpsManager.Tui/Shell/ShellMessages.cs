using System.Collections.Immutable;
using System.Drawing;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Core.Model;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Terminal.Input;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>The fold has a new model.</summary>
internal sealed record FleetChanged(FleetModel Fleet) : Message;

/// <summary>config.yaml names other sprites, or says something else of them.</summary>
/// <param name="Sprites">How each repository is shown, by its path.</param>
public sealed record SpritesChanged(ImmutableDictionary<string, SpriteStyle> Sprites) : Message;

/// <summary>A second has passed.</summary>
internal sealed record ClockTicked(DateTimeOffset Now, DateTimeOffset? Steady = null) : Message;

/// <summary>The terminal has another size.</summary>
internal sealed record Resized(Size Size) : Message;

/// <summary>The operator asked for something.</summary>
internal sealed record Asked(ActionId Action) : Message;

/// <summary>
/// Keys were pressed that ask for something only together with the next one; <see cref="KeySequence.None"/> where that did not come.
/// </summary>
internal sealed record KeysPending(KeySequence Pressed) : Message;

/// <summary>The mouse was used, where the session takes it.</summary>
internal sealed record MousePressed(int Row, int Column, MouseKind Kind) : Message;

/// <summary>The operator wants another theme.</summary>
internal sealed record ThemeChosen(string Name) : Message;

/// <summary>Another theme, or the same one as its file says now, is in force.</summary>
internal sealed record ThemeTaken(Theme Theme) : Message;
