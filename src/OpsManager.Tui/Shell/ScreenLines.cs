namespace OpsManager.Tui.Shell;

/// <summary>Which lines stand between the header and the panes.</summary>
/// <param name="HasScrub">A recording is replayed.</param>
/// <param name="HasCaption">Somebody has said what to look at in it.</param>
/// <param name="HasBanner">A loop is rolled back, or something is to be said of the recording.</param>
internal readonly record struct ScreenLines(bool HasScrub, bool HasCaption, bool HasBanner);
