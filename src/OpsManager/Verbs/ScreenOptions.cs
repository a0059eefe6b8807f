using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Configuration.Notify;
using OpsManager.Contract.Words;

namespace OpsManager.Verbs;

/// <summary>The options of the screen (docs/usage.md).</summary>
internal sealed class ScreenOptions
{
    public Argument<string[]> Repos { get; } = new("repositories")
    {
        HelpName = "PATH",
        Description = "Repositories to watch, as with --repo.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public WatchOptions Watch { get; } = new();

    public ThresholdOptions Thresholds { get; } = new();

    public Option<bool> Demo { get; } = new(FlagNames.Demo) { Description = "Play a tour of the sample runs, as the verb demo does." };

    public DisplayOptions Display { get; } = new();

    public Option<bool> Fresh { get; } = new(FlagNames.Fresh)
    {
        Description = "Start with the default panes instead of those of the last session.",
    };

    public Option<bool> ReadOnly { get; } = new(FlagNames.ReadOnly) { Description = "Watch only: nothing can be sent from this screen." };

    public Option<string?> Notify { get; } = new(FlagNames.Notify)
    {
        Description = "How the terminal calls you. Default: that of config.yaml, else bell.",
    };

    public Option<bool> SnapshotOnly { get; } = new(FlagNames.SnapshotOnly)
    {
        Description = "Start in snapshot-only mode: lifecycles come from snapshots only.",
    };

    public Option<string?> ServiceUrl { get; } = ServiceOptions.BaseUrl(
        "Compare with what the sprite's service at this address says; its token comes from OPS_MANAGER_SERVICE_TOKEN.");

    public Option<string?> By { get; } = CommonOptions.By();

    public Option<string?> Binary { get; } = CommonOptions.RuntimeCommand();

    public Option<string?> LogFile { get; } = CommonOptions.LogFile();

    public Option<bool> ProfileStart { get; } = new(FlagNames.ProfileStart)
    {
        Description = "At the end, print when each phase of the start was over, to standard error.",
    };

    /// <summary>Adds them in the order in which the help lists them.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(Repos);
        Notify.AcceptOnlyFromAmong([.. NotificationForms.Words]);
        Watch.AddTo(command);
        command.Options.Add(Demo);
        Thresholds.AddProfileTo(command);
        foreach (var option in new Option[] { SnapshotOnly, ServiceUrl, ReadOnly, Notify, By, Binary, Fresh, LogFile, ProfileStart })
        {
            command.Options.Add(option);
        }

        Display.AddTo(command);
    }
}
