using OpsManager.Configuration.Keymaps;

namespace OpsManager.Tui.Palette;

/// <summary>Other words by which people look for an action: those of other consoles and editors.</summary>
internal static class ActionAliases
{
    public static string Of(ActionId action) => action switch
    {
        ActionId.Quit => "exit leave bye q wq qa x",
        ActionId.Help => "keys shortcuts manual commands bindings",
        ActionId.CancelRun => "stop kill abort terminate end",
        ActionId.ApproveRun => "accept ok yes lgtm confirm allow",
        ActionId.RejectRun => "deny no decline refuse",
        ActionId.Acknowledge => "ack seen reviewed",
        ActionId.Rearm => "re-arm arm recover rollback",
        ActionId.ShowIncident => "note rollback",
        ActionId.Wake => "retry refresh reconnect poll start awake",
        ActionId.LookBack => "past history rewind earlier time",
        ActionId.SnapshotOnly => "stream events",
        ActionId.ShowGates => "tests test checks validation",
        ActionId.ShowApproval => "decision decisions pending candidate",
        ActionId.ShowIterations => "rounds spans",
        ActionId.ShowUsage => "cost money price spend budget",
        ActionId.ShowControl => "intents sent verification",
        ActionId.ShowFiles => "artifacts reports logs",
        ActionId.ShowWhy => "reason explain evidence lifecycle",
        ActionId.ShowTimeline => "events log",
        ActionId.ShowAlerts => "findings problems errors warnings",
        ActionId.ShowRuns => "loops list home",
        ActionId.Open => "enter go",
        ActionId.OpenInPager => "less editor external",
        ActionId.Describe => "explain meaning what",
        ActionId.Copy => "yank clipboard command",
        ActionId.Filter => "search find grep",
        ActionId.Sort => "order",
        ActionId.Zoom => "fullscreen maximize full",
        ActionId.Follow => "tail newest",
        ActionId.Pause => "play freeze hold resume",
        ActionId.ScrollLeft => "collapse fold group",
        ActionId.ScrollRight => "expand unfold group",
        ActionId.GrowPane => "bigger wider higher enlarge resize",
        ActionId.ShrinkPane => "smaller narrower reduce resize",
        ActionId.ResetPanes => "reset default layout sizes",
        ActionId.FoldIterations => "collapsed expanded iterations",
        ActionId.TimeFormat => "clock utc dates ages",
        ActionId.NextTheme => "colours colors mode",
        ActionId.Redraw => "repaint clear",
        ActionId.Suspend => "background shell fg",
        ActionId.ShowLog => "logs output tail journal",
        _ => "",
    };
}
