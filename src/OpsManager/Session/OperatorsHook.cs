using OpsManager.Cli;
using OpsManager.Configuration.Notify;
using OpsManager.Control.Notify;

namespace OpsManager.Session;

/// <summary>How the operator wants to be called, and their own command for it, as config.yaml says.</summary>
internal static class OperatorsHook
{
    /// <summary>How the terminal calls, and what decided that: the flag, then config.yaml, then the default.</summary>
    /// <param name="flag">One of <see cref="NotificationForms.Words"/>, or null.</param>
    public static (NotificationForm Form, string Why) Form(NotifyConfig notify, string? flag) =>
        NotificationForms.TryParse(flag, out var asked) ? (asked, "asked for by flag")
        : notify.Terminal is { } configured ? (configured, $"chosen in {notify.File}")
        : (NotificationForm.Bell, "the default");

    /// <summary>Makes what runs the operator's command; null where config.yaml names none.</summary>
    public static Func<Action<string>, NotifyHook>? Create(VerbContext context, NotifyConfig notify) => notify.Hook is { } hook
        ? told => new NotifyHook(hook, new HookProcess(context.Children), context.Time, Environment.MachineName, told)
        : null;
}
