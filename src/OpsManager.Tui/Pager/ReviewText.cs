namespace OpsManager.Tui.Pager;

/// <summary>One text to read before a decision.</summary>
/// <param name="Name">What it is, in a word or two.</param>
/// <param name="Path">Of the file, relative to the repository; where <paramref name="Lines"/> are given, a name of ours.</param>
/// <param name="Lines">The text, where it is not a file; null where it is.</param>
internal sealed record ReviewText(string Name, string Path, IReadOnlyList<string>? Lines = null);
