namespace OpsManager.Tui.Shell;

/// <summary>Which lines are between the header and the panes.</summary>
/// <param name="HasScrub">A recording is replayed.</param>
/// <param name="CaptionRows">Rows that it takes to say what to look at in it; 0 where nobody has said so.</param>
/// <param name="HasBanner">A loop is rolled back, or something is to be said of the recording.</param>
internal readonly record struct ScreenLines(bool HasScrub, int CaptionRows, bool HasBanner);
