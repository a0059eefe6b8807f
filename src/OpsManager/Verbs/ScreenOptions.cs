using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Configuration.Notify;
using OpsManager.Contract.Words;
using OpsManager.Tui.Terminal.Colour;

namespace OpsManager.Verbs;

/// <summary>The options of the screen (docs/usage.md).</summary>
internal sealed class ScreenOptions
{
    public WatchOptions Watch { get; } = new();

    public ThresholdOptions Thresholds { get; } = new();

    public Option<bool> Demo { get; } = new(FlagNames.Demo) { Description = "Play the sample runs." };

    public Option<string?> Color { get; } = new(FlagNames.Color)
    {
        Description = $"Colours to use: {string.Join(", ", ColorDepthRule.FlagValues)}. Default: what the terminal says it can do.",
    };

    public Option<bool> Ascii { get; } = new(FlagNames.Ascii) { Description = "Draw with ASCII characters only." };

    public Option<string?> Theme { get; } = new(FlagNames.Theme)
    {
        Description = "Theme. Default: that of config.yaml, else one that fits the terminal's colours.",
    };

    public Option<string?> Keymap { get; } = CommonOptions.Keymap();

    public Option<bool> Strict { get; } = new(FlagNames.Strict)
    {
        Description = "Refuse to start with a settings file that cannot be used, instead of taking a shipped one.",
    };

    public Option<bool> Fresh { get; } = new(FlagNames.Fresh)
    {
        Description = "Start with the panes as they are at first, instead of as they were left.",
    };

    public Option<bool> ReadOnly { get; } = new(FlagNames.ReadOnly) { Description = "Watch only: nothing can be sent from this screen." };

    public Option<string?> Notify { get; } = new(FlagNames.Notify)
    {
        Description =
            $"How the terminal calls you: {string.Join(", ", NotificationForms.Words)}. Default: that of config.yaml, else bell.",
    };

    public Option<bool> SnapshotOnly { get; } = new(FlagNames.SnapshotOnly)
    {
        Description = "Start with the event stream off: lifecycles come from snapshots alone.",
    };

    public Option<string?> ServiceUrl { get; } = ServiceOptions.BaseUrl(
        "Compare with what the sprite's service at this address says; its token comes from OPS_MANAGER_SERVICE_TOKEN.");

    public Option<string?> By { get; } = CommonOptions.By();

    public Option<string?> Binary { get; } = CommonOptions.RuntimeCommand();

    /// <summary>Adds them in the order in which the help lists them.</summary>
    public void AddTo(Command command)
    {
        Color.AcceptOnlyFromAmong([.. ColorDepthRule.FlagValues]);
        Notify.AcceptOnlyFromAmong([.. NotificationForms.Words]);
        Thresholds.AddProfileTo(command);
        foreach (var option in new Option[] { SnapshotOnly, ServiceUrl, ReadOnly, Notify, By, Binary, Fresh })
        {
            command.Options.Add(option);
        }

        Watch.AddTo(command);
        foreach (var option in new Option[] { Demo, Color, Ascii, Theme, Keymap, Strict })
        {
            command.Options.Add(option);
        }
    }
}
