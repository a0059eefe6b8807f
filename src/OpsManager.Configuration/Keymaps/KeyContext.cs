namespace OpsManager.Configuration.Keymaps;

/// <summary>Where a key is pressed. One key may have one action in each.</summary>
public enum KeyContext
{
    /// <summary>The panes, and the help over them.</summary>
    Screen,

    /// <summary>
    /// The panes of a replay, where nothing is over them. A key that has no action here has that of <see cref="Screen"/>.
    /// </summary>
    Replay,

    /// <summary>A text over the panes. A key that has no action here has that of <see cref="Screen"/>.</summary>
    Pager,

    /// <summary>A line that is being typed: the filter and the palette.</summary>
    Prompt,

    /// <summary>The box that asks before an intent is sent, and shows its result.</summary>
    Confirm,
}
