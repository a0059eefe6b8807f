namespace OpsManager.Tui.Messages;

/// <summary>Send text to the terminal's clipboard.</summary>
/// <param name="What">What it is, in a word or two.</param>
internal sealed record CopyText(string What, string Text) : Effect;
