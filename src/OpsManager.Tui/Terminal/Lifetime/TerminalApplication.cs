using Terminal.Gui.App;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>An initialised application and what carries it.</summary>
/// <param name="Application">Initialised; to be disposed by whoever asked for it.</param>
/// <param name="Mode">What is in use.</param>
/// <param name="Reason">Why it is <see cref="TerminalMode.Library"/>, in words for the operator; else null.</param>
public sealed record TerminalApplication(IApplication Application, TerminalMode Mode, string? Reason);
