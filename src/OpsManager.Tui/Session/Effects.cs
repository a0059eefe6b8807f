using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Text;
using OpsManager.Control.Act;
using OpsManager.Sources.Changes;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Compare;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Content;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Pager;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Session;

/// <summary>Carries out effects outside the model, and reports their results as messages.</summary>
/// <param name="send">Takes a message, on the UI thread.</param>
internal sealed class Effects(ScreenPorts ports, Action<Message> send) : IDisposable
{
    private readonly SerialDisposable comparing = new();
    private readonly RunReads runReads = new(ports, send);

    public void Dispose()
    {
        comparing.Dispose();
        runReads.Dispose();
    }

    /// <summary>Does one thing.</summary>
    public void Run(Effect effect, AppModel model)
    {
        switch (effect)
        {
            case Leave:
                ports.Terminal.Quit();
                break;
            case LeaveForReplay replay:
                ports.Terminal.LeaveForReplay(replay.Name);
                break;
            case LeaveForPast past:
                ports.Terminal.LeaveForPast(past.Run);
                break;
            case ToggleRecording toggle:
                ports.Record?.Invoke(toggle.Repo);
                break;
            case CompareRuns or WriteReport or VerifyByHand:
                runReads.Run(effect);
                break;
            case Transport transport:
                ports.Replay?.Do(transport.Command);
                break;
            case GoToShell:
                ports.Terminal.Suspend();
                break;
            case PaintAnew:
                ports.Terminal.PaintAnew();
                break;
            case CopyText copy:
                Copy(copy.What, copy.Text);
                break;
            case CopyDetail when model.Current is { } loop:
                Copy("detail", DetailView.Plain(model, model.Keymap, model.Ui.Detail, loop));
                break;
            case CopyEvent copy:
                CopyEvent(copy, model);
                break;
            case CopyFile copy:
                CopyFile(copy);
                break;
            case RunPager run:
                RunPager(run);
                break;
            case FindEventLog find:
                FindLog(find, model);
                break;
            case CompareWithCommit { Run: var run } when ports.Compare is { } compare:
                Compare(compare, run);
                break;
            case AwaitSilence silence:
                ports.Terminal.After(ConfirmUpdate.Alone, () => send(new SendDue(silence.PressedAt)));
                break;
            case SendIntent intent when ports.Control is { } control:
                Send(control, intent);
                break;
            case KeepAcknowledgement keep when ports.Control is { } control:
                Save(() => control.Acknowledge(keep.Run.Repo, keep.Run.Loop, keep.Case, keep.Note), "acknowledged");
                break;
            case KeepStage keep when ports.Control is { } control:
                Save(
                    () => control.SetStage(keep.Run.Repo, keep.Run.Loop, keep.Stage, keep.Reason),
                    $"{keep.Run.Loop} is {StageWord.Of(keep.Stage)}");
                break;
            case KeepAll keep when ports.Control is { } control:
                KeepAll(control, keep);
                break;
            case ArmAgain arm when ports.Control is { } control:
                control.Rearm(arm.Run.Repo, arm.Run.Loop, arm.Reason, fault => ports.Terminal.Post(() =>
                    send(
                        fault is null ? new ToastRequested($"{arm.Run.Loop} is re-armed") : new ToastRequested(fault, IsFault: true))));
                break;
            case SwitchStream to:
                ports.SwitchStream(to.SnapshotOnly);
                send(new ToastRequested(to.SnapshotOnly ? "snapshot-only mode is on" : "snapshot-only mode is off"));
                break;
            case WakeSprite wake:
                ports.Wake(wake.Repo);
                send(new ToastRequested("reading the sprite"));
                break;
            case WakeSprites wake:
                foreach (var repo in wake.Repos)
                {
                    ports.Wake(repo);
                }

                send(new ToastRequested(wake.Said));
                break;
            case TakeTheme take:
                send(Themed(take.Name));
                break;
        }
    }

    /// <summary>A key was pressed: a tour of recordings does not go on by itself, away from what somebody reads.</summary>
    public void TakeOver(AppModel model)
    {
        if (model.Replay is { IsTour: true })
        {
            ports.Replay?.Do(new ReplayCommand.TakeOver());
        }
    }

    /// <summary>The theme in force, where its file says something else by now; null mostly.</summary>
    public Message? ChangedTheme(AppModel model) => ports.Themes.Changed(model.Theme.Name) ? Themed(model.Theme.Name) : null;

    private void Copy(string what, string text)
    {
        if (ports.Terminal.Copy(text))
        {
            send(new ToastRequested($"{what} sent to the terminal's clipboard: {Beginning(text)}"));
            return;
        }

        try
        {
            send(new ToastRequested($"{what}: too long for the terminal's clipboard, saved in {ports.KeepCopy(text)}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            send(new ToastRequested(
                $"{what}: too long for the terminal's clipboard, and no file could be written: {error.Message}", IsFault: true));
        }
    }

    /// <summary>Enough of it to see that it is the right one.</summary>
    private static string Beginning(string text) => SafeText.Clean(text.Length > 200 ? text[..200] : text);

    private void CopyEvent(CopyEvent copy, AppModel model)
    {
        if (model.Fleet.Loop(copy.Loop.Repo, copy.Loop.Loop) is { } loop
            && copy.Row < loop.Tally.Lines
            && ports.Lines.Raw(loop, copy.Row) is { } text)
        {
            Copy("event", text);
        }
        else
        {
            send(new ToastRequested("the event is no longer in its file", IsFault: true));
        }
    }

    private void CopyFile(CopyFile copy)
    {
        using var text = ports.Files.Open(copy.Repo, copy.Path);
        text.Refresh();
        if (text.Fault is { } fault)
        {
            send(new ToastRequested($"{copy.Path}: {fault}", IsFault: true));
            return;
        }

        Copy(copy.Path, string.Join('\n', text.Forward(0, TextLines.MaxLines).Select(static line => line.Text)));
    }

    private void FindLog(FindEventLog find, AppModel model)
    {
        var raw = model.Fleet.Loop(find.Run.Repo, find.Run.Loop) is { } loop && find.Row < loop.Tally.Lines
            ? ports.Lines.Raw(loop, find.Row)
            : null;
        send(raw is null ? new ToastRequested("the event is no longer in its file", IsFault: true)
            : EventLogPath.From(raw, find.Run.Loop) is { } path ? new EventLogFound(find.Run, path)
            : new ToastRequested("this event names no log; on the run, the same key opens its newest log"));
    }

    private void RunPager(RunPager run)
    {
        if (ports.Terminal.RunPager(run.Repo, run.Path, run.Line) is { } fault)
        {
            send(new ToastRequested(fault, IsFault: true));
        }
    }

    /// <summary>One at a time: another one ends the one before.</summary>
    private void Compare(Func<string, CancellationToken, Task<ChangeList>> compare, LoopKey run) =>
        comparing.Disposable = Observable.FromAsync(cancel => compare(run.Repo, cancel))
            .Catch((Exception error) => Observable.Return(new ChangeList(null, [], error.Message)))
            .Subscribe(changes => ports.Terminal.Post(() => send(new CommitCompared(run, changes))));

    private void Send(ControlDesk control, SendIntent intent)
    {
        var key = control.Send(
            intent.Plan,
            intent.Command,
            sent => ports.Terminal.Post(() => send(new IntentEnded(sent.Key, sent.Fault, sent.Changes, sent.WasSent))),
            (key, text) => ports.Terminal.Post(() => send(new IntentWaits(key, text))));
        send(new IntentSent(intent.Plan, key));
    }

    private void Save(Action save, string done) =>
        send(Fault(save) is { } fault ? new ToastRequested($"nothing was saved: {fault}", IsFault: true) : new ToastRequested(done));

    /// <summary>What went wrong while something was kept; null where nothing did.</summary>
    private static string? Fault(Action keep)
    {
        try
        {
            keep();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ContractException)
        {
            return error.Message;
        }
    }

    /// <summary>One sentence for all runs: how many of each kind, and the first fault.</summary>
    private void KeepAll(ControlDesk control, KeepAll all)
    {
        string?[] faults = [.. all.Each.Select(effect => Fault(() =>
        {
            if (effect is KeepAcknowledgement acknowledgement)
            {
                control.Acknowledge(acknowledgement.Run.Repo, acknowledgement.Run.Loop, acknowledgement.Case, acknowledgement.Note);
            }
            else if (effect is KeepStage stage)
            {
                control.SetStage(stage.Run.Repo, stage.Run.Loop, stage.Stage, stage.Reason);
            }
        }))];
        var fault = faults.FirstOrDefault(static fault => fault is not null);
        (int Count, string Words)[] kinds =
        [
            (faults.Count(static fault => fault is null), all.Words.Done), (all.Nothing, all.Words.Nothing),
            (all.Refused, all.Words.Refused), (faults.Count(static fault => fault is not null), $"could not be saved: {fault}"),
        ];
        var said = string.Join(", ", kinds.Where(static kind => kind.Count > 0).Select(static kind => $"{kind.Count} {kind.Words}"));
        send(new ToastRequested(said, IsFault: fault is not null));
    }

    private Message Themed(string name)
    {
        try
        {
            return new ThemeTaken(ports.Themes.Load(name));
        }
        catch (SettingsException error)
        {
            return new ToastRequested(error.Message, IsFault: true);
        }
    }
}
