namespace OpsManager.Tui.Session;

/// <summary>The phases of a start, as <c>--profile-start</c> names them.</summary>
public static class StartPhases
{
    public const string RuntimeReady = "runtime ready";
    public const string SettingsRead = "settings read";
    public const string SourcesOpened = "sources opened";
    public const string TerminalTaken = "terminal taken";
    public const string FirstByte = "first byte";
    public const string FirstModel = "first model with a loop";
    public const string FirstFullFrame = "first full frame";
}
