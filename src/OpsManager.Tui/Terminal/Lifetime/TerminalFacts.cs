using System.Drawing;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Terminal.Unix;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>What the process was given to read from and write to. The terminal itself is not asked.</summary>
/// <param name="Size">In cells; null where standard output is no terminal or does not say.</param>
/// <param name="Problem">Why no screen can be shown here, or null.</param>
public sealed record TerminalFacts(bool InputIsTerminal, bool OutputIsTerminal, Size? Size, TerminalProblem? Problem)
{
    /// <summary>Whether standard error is a terminal.</summary>
    public static bool ErrorIsTerminal => Libc.IsATty(2) != 0;

    public static TerminalFacts Look(Func<string, string?> variable) =>
        new(Libc.IsATty(0) != 0, Libc.IsATty(1) != 0, new StandardPort().Size, TerminalSession.FindProblem(variable));
}
