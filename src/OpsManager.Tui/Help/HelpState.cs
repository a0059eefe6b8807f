namespace OpsManager.Tui.Help;

/// <summary>Where the operator is in the help.</summary>
/// <param name="Top">First visible row.</param>
internal sealed record HelpState(int Top = 0);
