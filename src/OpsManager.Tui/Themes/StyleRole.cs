namespace OpsManager.Tui.Themes;

/// <summary>What a piece of text means; a theme says what that looks like. Names in theme files are these in kebab-case.</summary>
public enum StyleRole
{
    Text, Muted, Rule, Title, TitleFocused, Header, HeaderAlert, Demo, Selected, SelectedUnfocused,
    Running, Waiting, Failed, Stopped, Complete, Idle, Unknown,
    Error, Warning, Info, Ok, Key, KeyLabel,
}
