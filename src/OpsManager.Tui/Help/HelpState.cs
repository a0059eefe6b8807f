namespace OpsManager.Tui.Help;

/// <summary>Where the operator is in the help.</summary>
/// <param name="Top">First visible row.</param>
/// <param name="Search">What was typed to find something in it; empty for nothing.</param>
internal sealed record HelpState(int Top = 0, string Search = "");
