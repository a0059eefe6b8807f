using OpsManager.Configuration.Themes;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Rules.Assessment;

namespace OpsManager.Tui.Content;

/// <summary>How lifecycles, severities and health look besides their colour: a glyph and a short word.</summary>
internal static class LifecycleStyle
{
    public static (string Glyph, string Word, StyleRole Role) For(Lifecycle lifecycle) => lifecycle switch
    {
        Lifecycle.Running => (">", "running", StyleRole.Running),
        Lifecycle.AwaitingApproval => ("?", "waiting", StyleRole.Waiting),
        Lifecycle.Failed => ("!", "failed", StyleRole.Failed),
        Lifecycle.Stopped => ("x", "stopped", StyleRole.Stopped),
        Lifecycle.Complete => ("+", "complete", StyleRole.Complete),
        Lifecycle.Idle => ("-", "idle", StyleRole.Idle),
        _ => ("~", "unknown", StyleRole.Unknown),
    };

    /// <summary>The same of what was ruled: a run that runs may be paused.</summary>
    public static (string Glyph, string Word, StyleRole Role) For(Ruling ruling) =>
        ruling.Display is { } word ? ("=", word, StyleRole.Waiting) : For(ruling.Lifecycle);

    public static (string Glyph, StyleRole Role) For(Severity severity) => severity switch
    {
        Severity.Error => ("!", StyleRole.Error),
        Severity.Warning => ("*", StyleRole.Warning),
        _ => ("i", StyleRole.Info),
    };

    public static (string Word, StyleRole Role) For(HealthStatus health) => health switch
    {
        HealthStatus.Critical => ("critical", StyleRole.HeaderAlert),
        HealthStatus.Degraded => ("degraded", StyleRole.HeaderAlert),
        _ => ("healthy", StyleRole.Header),
    };
}
