using System.Drawing;
using OpsManager.Core.Model;
using OpsManager.Tui.Keys;

namespace OpsManager.Tui.State;

/// <summary>Everything that can happen to the screen.</summary>
public abstract record Message;

/// <summary>The fold has a new model.</summary>
public sealed record FleetChanged(FleetModel Fleet) : Message;

/// <summary>A second has passed.</summary>
public sealed record ClockTicked(DateTimeOffset Now) : Message;

/// <summary>The terminal has another size.</summary>
public sealed record Resized(Size Size) : Message;

/// <summary>The operator asked for something.</summary>
public sealed record Asked(ActionId Action) : Message;
