using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Configuration.Notify;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Control.Escalate;
using OpsManager.Control.Notify;

namespace OpsManager.Session;

/// <summary>How the operator wants to be called, and their own command for it, as config.yaml says.</summary>
internal static class OperatorsHook
{
    /// <summary>How the terminal calls, and what decided that: the flag, then config.yaml, then the default.</summary>
    /// <param name="flag">One of <see cref="NotificationForms.Words"/>, or null.</param>
    public static (NotificationForm Form, string Why) Form(NotifyConfig notify, string? flag) =>
        NotificationForms.TryParse(flag, out var asked) ? (asked, "set by flag")
        : notify.Terminal is { } configured ? (configured, $"chosen in {notify.File}")
        : (NotificationForm.Bell, "the default");

    /// <summary>Makes what runs the operator's command; null where config.yaml names none.</summary>
    public static Func<Action<string>, NotifyHook>? Create(VerbContext context, NotifyConfig notify) => notify.Hook is { } hook
        ? told => new NotifyHook(hook, new HookProcess(context.Children), context.Time, Environment.MachineName, told)
        : null;

    /// <summary>Calls the operator's command for escalations, from a verb that ends at once.</summary>
    /// <param name="told">Gets each error of the command once, on another thread.</param>
    /// <exception cref="ContractException">There is no command, or no place to remember what was told.</exception>
    /// <exception cref="SettingsException">config.yaml cannot be read.</exception>
    public static EscalationNotifier Once(VerbContext context, UserSettings settings, Action<string> told)
    {
        if (settings.ConfigFault is { } fault)
        {
            throw new SettingsException(fault);
        }

        var notify = settings.Config.Notify;
        var hook = notify.Hook ?? throw new ContractException(
            "usage", "--notify needs a command: name one in config.yaml, \"command\" of notify (docs/notify.md)");
        var folder = StateFolder.Find(context.Files, context.Environment) ?? throw new ContractException(
            "usage", "--notify needs a place to remember what was told: set HOME or XDG_STATE_HOME");
        return new EscalationNotifier(
            context.Files, context.Time, folder, notify.On, hook,
            limits => new NotifyHook(limits, new HookProcess(context.Children), context.Time, Environment.MachineName, told));
    }
}
