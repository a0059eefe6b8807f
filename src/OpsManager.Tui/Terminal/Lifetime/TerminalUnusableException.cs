namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>The screen cannot be shown here; nothing was written and nothing changed.</summary>
public sealed class TerminalUnusableException : InvalidOperationException
{
    public TerminalUnusableException(TerminalProblem problem)
        : base(problem switch
        {
            TerminalProblem.InputRedirected => "standard input is not a terminal",
            TerminalProblem.OutputRedirected => "standard output is not a terminal",
            _ => "TERM=dumb cannot show a screen",
        }) => Problem = problem;

    /// <summary>The reason, for a caller that offers another way.</summary>
    public TerminalProblem Problem { get; }
}
