namespace OpsManager.Tui.Keys;

/// <summary>Where a key is pressed. One key may have one action in each.</summary>
public enum KeyContext
{
    /// <summary>The panes, and the help and the pager over them.</summary>
    Screen,

    /// <summary>A line that is being typed: the filter and the palette.</summary>
    Prompt,
}
