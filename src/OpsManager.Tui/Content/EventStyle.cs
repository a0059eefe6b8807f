using OpsManager.Configuration.Themes;
using OpsManager.Sources.Local;

namespace OpsManager.Tui.Content;

/// <summary>How events and the words of gates are told apart.</summary>
internal static class EventStyle
{
    public static StyleRole For(EventLine line) => line.Name switch
    {
        _ when line.IsOff => StyleRole.Muted,
        "loop_complete" => StyleRole.Complete,
        "approval_requested" or "approval_wait" => StyleRole.Waiting,
        "loop_stop" or "no_progress_stop" or "rate_limit_stop" => StyleRole.Stopped,
        _ => line.Status is { } status && OfWord(status) is not StyleRole.Muted and var role ? role : StyleRole.Text,
    };

    /// <summary>The look of a gate's or a status's word.</summary>
    public static StyleRole OfWord(string word) => word switch
    {
        "ok" or "approved" or "confirmed" or "true" => StyleRole.Ok,
        "error" or "timeout" or "blocked" or "failed" or "rate_limited" or "rejected" or "failed_command" or "false" => StyleRole.Failed,
        "pending" or "ambiguous" or "remaining" or "executed_unconfirmed" => StyleRole.Waiting,
        _ => StyleRole.Muted,
    };
}
