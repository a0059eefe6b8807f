namespace OpsManager.Tui.Session;

/// <summary>How a session of the screen has ended.</summary>
/// <param name="ExitCode">Of the program, where nothing follows.</param>
/// <param name="Replay">
/// The operator wants to look at this recording now: its name as it was typed, or empty for the list of recordings. Null where they have
/// left.
/// </param>
public sealed record ScreenEnd(int ExitCode, string? Replay = null);
