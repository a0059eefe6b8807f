using System.Reactive.Disposables;
using OpsManager.Control.Notify;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Session;

/// <summary>Calls the operator for what becomes of the models: through the terminal, and through their own command.</summary>
internal sealed class Notifier : IDisposable
{
    private readonly TerminalNotifier terminal;
    private readonly Action<Action> post;
    private readonly Func<string, string> nameOf;
    private readonly NotifyHook? hook;
    private IDisposable listening = Disposable.Empty;

    private Notifier(TerminalNotifier terminal, Action<Action> post, Func<string, string> nameOf, NotifyHook? hook) =>
        (this.terminal, this.post, this.nameOf, this.hook) = (terminal, post, nameOf, hook);

    /// <summary>Whether the operator's command runs now.</summary>
    public bool IsRunning => hook?.IsRunning == true;

    /// <param name="models">Live ones; replays give no notice.</param>
    /// <param name="broken">Gets the error that ended the models.</param>
    /// <param name="post">Runs something on the UI thread.</param>
    /// <param name="send">Takes a message, on the UI thread.</param>
    /// <param name="nameOf">How a repository is named, asked on the UI thread; null for its directory.</param>
    public static Notifier Start(
        NotifySettings settings,
        IObservable<FleetModel> models,
        Action<Exception> broken,
        TerminalNotifier terminal,
        Action<Action> post,
        Action<Message> send,
        Func<string, string>? nameOf = null)
    {
        var hook = settings.Hook?.Invoke(fault => post(() => send(new ToastRequested(fault, IsFault: true))));
        var notifier = new Notifier(terminal, post, nameOf ?? RepoName.Of, hook);
        notifier.listening = Notices.From(models, notice => settings.Kinds.Contains(notice.Kind)).Subscribe(notifier.Take, broken);
        return notifier;
    }

    /// <summary>Tells nothing more, and waits for a command that runs: at most until it is killed.</summary>
    public void Dispose()
    {
        listening.Dispose();
        hook?.Dispose();
    }

    private void Take(IReadOnlyList<Notice> notices)
    {
        foreach (var notice in notices)
        {
            hook?.Offer(notice);
        }

        var first = notices[0];
        var more = notices.Count > 1 ? $" (and {notices.Count - 1} more)" : "";
        post(() => terminal.Call($"ops-manager {nameOf(first.Repo)}", first.Text + more));
    }
}
