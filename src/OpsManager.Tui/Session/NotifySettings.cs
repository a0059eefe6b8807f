using OpsManager.Configuration.Notify;
using OpsManager.Contract.Manager;
using OpsManager.Control.Notify;

namespace OpsManager.Tui.Session;

/// <summary>How a session calls the operator, and for what.</summary>
/// <param name="Hook">Makes what runs the operator's command; it gets where to tell what went wrong. Null where no command is
/// to be run.</param>
public sealed record NotifySettings(NotificationForm Terminal, IReadOnlyList<NoticeKind> Kinds, Func<Action<string>, NotifyHook>? Hook)
{
    /// <summary>The bell, for everything.</summary>
    public static readonly NotifySettings Default = new(NotificationForm.Bell, NoticeKinds.All, null);
}
