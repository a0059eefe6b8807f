using OpsManager.Configuration.Keymaps;

namespace OpsManager.Tui.Help;

/// <summary>Where each action stands in the help.</summary>
internal static class HelpGroups
{
    public static string Heading(HelpGroup group) => group switch
    {
        HelpGroup.Moving => "MOVING",
        HelpGroup.Acting => "ACTING",
        HelpGroup.Views => "VIEWS",
        HelpGroup.Timeline => "TIMELINE",
        HelpGroup.Replay => "REPLAY",
        HelpGroup.Text => "A TEXT THAT IS OPEN",
        HelpGroup.Typing => "WHILE A LINE IS TYPED",
        HelpGroup.Asking => "THE BOX THAT ASKS",
        _ => "EVERYWHERE",
    };

    public static HelpGroup Of(Binding binding) => binding.Context switch
    {
        KeyContext.Prompt => HelpGroup.Typing,
        KeyContext.Confirm => HelpGroup.Asking,
        KeyContext.Replay => HelpGroup.Replay,
        KeyContext.Screen => OnScreen(binding.Action),
        _ => HelpGroup.Text,
    };

    /// <summary>The panes in which an action does something of its own: it stands with their keys.</summary>
    public static HintPlace Panes(Binding binding) => binding.Context != KeyContext.Screen ? HintPlace.Nowhere : binding.Action switch
    {
        ActionId.Open or ActionId.Copy => HintPlace.Panes,
        ActionId.OpenInPager => HintPlace.Timeline | HintPlace.Detail | HintPlace.Alerts,
        ActionId.PreviousTab or ActionId.NextTab or (>= ActionId.ShowWhy and <= ActionId.ShowFiles) => HintPlace.Detail,
        ActionId.Filter => HintPlace.Runs | HintPlace.Timeline,
        ActionId.ScrollLeft or ActionId.ScrollRight => HintPlace.Runs | HintPlace.Timeline | HintPlace.Detail,
        ActionId.NextPane or ActionId.Zoom or ActionId.ResetPanes or ActionId.Palette or ActionId.Help or ActionId.Back or ActionId.Quit =>
            HintPlace.Nowhere,
        ActionId.Pause => HintPlace.Runs | HintPlace.Timeline,
        _ when Of(binding) == HelpGroup.Timeline => HintPlace.Timeline,
        _ => binding.Hint & HintPlace.Panes,
    };

    private static HelpGroup OnScreen(ActionId action) => action switch
    {
        >= ActionId.MoveDown and <= ActionId.ShowAlerts => HelpGroup.Moving,
        >= ActionId.NextMatch and <= ActionId.TimeFormat => HelpGroup.Timeline,
        >= ActionId.ApproveRun and <= ActionId.Wake => HelpGroup.Acting,
        >= ActionId.ReplayStep and <= ActionId.ReplayEnd => HelpGroup.Replay,
        ActionId.Palette or ActionId.NextTheme or ActionId.Help or ActionId.Back or ActionId.Redraw or ActionId.Suspend or ActionId.Quit =>
            HelpGroup.Everywhere,
        _ => HelpGroup.Views,
    };
}
