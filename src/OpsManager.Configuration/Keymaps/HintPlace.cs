namespace OpsManager.Configuration.Keymaps;

/// <summary>Where the operator is when the hint bar shows a key.</summary>
[Flags]
public enum HintPlace
{
    Nowhere = 0, Runs = 1, Timeline = 2, Detail = 4, Alerts = 8, Pager = 16, Prompt = 32, Confirm = 64, Help = 128, Describe = 256,

    /// <summary>In every pane.</summary>
    Panes = Runs | Timeline | Detail | Alerts,
}
