namespace OpsManager.Tui.Help;

/// <summary>A heading of the help, in the order in which they come behind the keys of the pane.</summary>
internal enum HelpGroup
{
    Moving, Acting, Views, Timeline, Replay, Everywhere, Text, Typing, Asking,
}
