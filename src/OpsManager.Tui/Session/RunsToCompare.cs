namespace OpsManager.Tui.Session;

/// <summary>Two runs to compare, each the newest of a loop.</summary>
/// <param name="Other">Repository and loop; null for the run of the first loop that is before its newest.</param>
public sealed record RunsToCompare(string Repo, string Loop, (string Repo, string Loop)? Other = null);
