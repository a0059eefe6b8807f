using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Content;

/// <summary>How lifecycles, severities and health are told besides their colour: a glyph and a short word.</summary>
public static class LifecycleLook
{
    public static (string Glyph, string Word, StyleRole Role) Of(Lifecycle lifecycle) => lifecycle switch
    {
        Lifecycle.Running => (">", "running", StyleRole.Running),
        Lifecycle.AwaitingApproval => ("?", "waiting", StyleRole.Waiting),
        Lifecycle.Failed => ("!", "failed", StyleRole.Failed),
        Lifecycle.Stopped => ("x", "stopped", StyleRole.Stopped),
        Lifecycle.Complete => ("+", "complete", StyleRole.Complete),
        Lifecycle.Idle => ("-", "idle", StyleRole.Idle),
        _ => ("~", "unknown", StyleRole.Unknown),
    };

    public static (string Glyph, StyleRole Role) Of(Severity severity) => severity switch
    {
        Severity.Error => ("!", StyleRole.Error),
        Severity.Warning => ("*", StyleRole.Warning),
        _ => ("i", StyleRole.Info),
    };

    public static (string Word, StyleRole Role) Of(HealthStatus health) => health switch
    {
        HealthStatus.Critical => ("critical", StyleRole.HeaderAlert),
        HealthStatus.Degraded => ("degraded", StyleRole.HeaderAlert),
        _ => ("healthy", StyleRole.Header),
    };
}
