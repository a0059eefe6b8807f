namespace OpsManager.Tui.Session;

/// <summary>How a session of the screen has ended.</summary>
/// <param name="ExitCode">Of the program, where nothing follows.</param>
/// <param name="Replay">
/// The operator wants to look at this recording now: its name as it was typed, or empty for the list of recordings. Null where they have
/// left.
/// </param>
/// <param name="Past">
/// The operator wants to go back in time: the repository and the loop that were chosen. Null where they do not.
/// </param>
public sealed record ScreenEnd(int ExitCode, string? Replay = null, (string Repo, string Loop)? Past = null);
