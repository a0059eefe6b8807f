namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>Why no screen can be shown.</summary>
public enum TerminalProblem
{
    /// <summary>Standard input is not a terminal.</summary>
    InputRedirected,

    /// <summary>Standard output is not a terminal.</summary>
    OutputRedirected,

    /// <summary>TERM is "dumb": it takes no cursor movement.</summary>
    Dumb,
}
