using System.Globalization;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Control.Act;
using OpsManager.Sources.Local;
using OpsManager.Tui.Content;
using OpsManager.Tui.Panes;
using OpsManager.Tui.State;

namespace OpsManager.Tui.Screen;

/// <summary>
/// Does what the model asks of the world, and tells what came of it as messages. Two kinds: what a message asked for once
/// (<see cref="Run"/>), and what the model needs as it stands now (<see cref="Follow"/>): a listing, visible lines, a text, a search.
/// </summary>
public sealed class Effects(ScreenPorts ports, Action<Message> send) : IDisposable
{
    /// <summary>Lines searched before the count on screen is moved on.</summary>
    private const int SearchSlice = 20_000;

    private readonly SerialDisposable searching = new();
    private LogSearch? search;
    private ITextLines? pager;
    private PagerState? paged;
    private (LoopKey Loop, DateTimeOffset At)? listed;

    public void Dispose() => searching.Dispose();

    /// <summary>Does one thing.</summary>
    public void Run(Effect effect, AppModel model)
    {
        switch (effect)
        {
            case Leave:
                ports.Terminal.Quit();
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
            case CopyDetail:
                Copy("detail", DetailPane.Plain(model));
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
            case AwaitSilence silence:
                ports.Terminal.After(ConfirmUpdater.Alone, () => send(new SendDue(silence.PressedAt)));
                break;
            case SendIntent intent when ports.Control is { } control:
                Send(control, intent);
                break;
            case KeepAcknowledgement keep when ports.Control is { } control:
                Keep(() => control.Acknowledge(keep.Run.Repo, keep.Run.Loop, keep.Case, keep.Note), "acknowledged");
                break;
            case KeepStage keep when ports.Control is { } control:
                Keep(() => control.SetStage(keep.Run.Repo, keep.Run.Loop, keep.Stage, keep.Reason), $"{keep.Run.Loop} is {Staging.Word(keep.Stage)}");
                break;
            case ArmAgain arm when ports.Control is { } control:
                control.Rearm(arm.Run.Repo, arm.Run.Loop, arm.Reason, fault => ports.Terminal.Post(() => send(fault is null ? new Told($"{arm.Run.Loop} is armed again") : new Told(fault, IsFault: true))));
                break;
            case SwitchStream to:
                ports.SwitchStream(to.SnapshotOnly);
                send(new Told(to.SnapshotOnly ? "snapshots only: the event stream is off" : "the event stream is on"));
                break;
            case WakeSprite wake:
                ports.Wake(wake.Repo);
                send(new Told("asking the sprite"));
                break;
            case TakeTheme take:
                send(Themed(take.Name));
                break;
        }
    }

    /// <summary>Reads what the model needs to be drawn and does not have yet; what was found is for the model to take.</summary>
    public IReadOnlyList<Message> Follow(AppModel model, Message cause)
    {
        Message?[] found =
        [
            FollowFiles(model),
            FollowLines(model),
            FollowPager(model, cause),
            cause is ClockTicked && ports.Themes.Changed(model.Theme.Name) ? Themed(model.Theme.Name) : null,
        ];
        return [.. found.OfType<Message>()];
    }

    /// <summary>Goes on with the search that the timeline needs, beside the screen; another filter, log or run ends the one before.</summary>
    public void FollowSearch(AppModel model)
    {
        if (model.Layout.Timeline?.Rows is not { Search: { } wanted } rows)
        {
            (search, searching.Disposable) = (null, Disposable.Empty);
            return;
        }

        // The slice at this place is under way, or there is none to come.
        if (wanted.Scanned >= rows.Lines || (search is { } running && running.IsOf(wanted.Loop, wanted.Log, wanted.Filter) && running.Scanned == wanted.Scanned))
        {
            return;
        }

        var loop = rows.Loop;
        search = wanted;
        searching.Disposable = ports.SearchScheduler.Schedule(() =>
        {
            var step = ports.Search.Search(loop, wanted.Filter, wanted.Matches, wanted.Scanned, SearchSlice);
            var advanced = new SearchAdvanced(wanted with { Found = wanted.Matches.Count, Scanned = step.Next });
            ports.Terminal.Post(() => send(step.Fault is { } fault ? new Told(fault, IsFault: true) : advanced));
        });
    }

    private void Copy(string what, string text)
    {
        if (ports.Terminal.Copy(text))
        {
            send(new Told(string.Create(CultureInfo.InvariantCulture, $"{what}: {text.Length} characters sent to the terminal's clipboard")));
            return;
        }

        try
        {
            send(new Told($"{what}: too long for the terminal's clipboard, kept in {ports.KeepCopy(text)}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            send(new Told($"{what}: too long for the terminal's clipboard, and no file could be written: {error.Message}", IsFault: true));
        }
    }

    private void CopyEvent(CopyEvent copy, AppModel model)
    {
        if (model.Fleet.Loop(copy.Loop.Repo, copy.Loop.Loop) is { } loop && ports.Lines.Raw(loop, copy.Row) is { } text)
        {
            Copy("event", text);
        }
        else
        {
            send(new Told("the event does not stand in its file any more", IsFault: true));
        }
    }

    private void CopyFile(CopyFile copy)
    {
        var text = ports.Files.Open(copy.Repo, copy.Path);
        text.Refresh();
        if (text.Fault is { } fault)
        {
            send(new Told($"{copy.Path}: {fault}", IsFault: true));
            return;
        }

        Copy(copy.Path, string.Join('\n', text.Read(0, text.Count).Select(static line => line.Text)));
    }

    private void RunPager(RunPager run)
    {
        if (ports.Terminal.RunPager(run.Repo, run.Path, run.Line) is { } fault)
        {
            send(new Told(fault, IsFault: true));
        }
    }

    private void Send(ControlDesk control, SendIntent intent)
    {
        var key = control.Send(
            intent.Plan,
            intent.Command,
            sent => ports.Terminal.Post(() => send(new IntentEnded(sent.Key, sent.Fault, sent.Changes, sent.WasSent))),
            (key, text) => ports.Terminal.Post(() => send(new IntentWaits(key, text))));
        send(new IntentSent(intent.Plan, key));
    }

    private void Keep(Action keep, string done)
    {
        try
        {
            keep();
            send(new Told(done));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ContractException)
        {
            send(new Told($"this could not be kept: {error.Message}", IsFault: true));
        }
    }

    private Message Themed(string name)
    {
        try
        {
            return new ThemeTaken(ports.Themes.Load(name));
        }
        catch (SettingsException error)
        {
            return new Told(error.Message, IsFault: true);
        }
    }

    private FilesListed? FollowFiles(AppModel model)
    {
        if (model.Ui.Tab != DetailTab.Files || !model.Layout.Panes.ContainsKey(PaneId.Detail) || model.Current is not { } loop)
        {
            listed = null;
            return null;
        }

        // Once a second at most: the clock's tick looks again.
        var now = (LoopKey.Of(loop), model.Steady);
        if (listed == now)
        {
            return null;
        }

        listed = now;
        return new FilesListed(LoopKey.Of(loop), ports.Files.List(loop));
    }

    private LinesRead? FollowLines(AppModel model)
    {
        if (model.Layout.Timeline is not { Lines.Count: > 0, Rows: { Log: { } log, Loop: var loop } } window || model.Lines?.AreOf(window) == true)
        {
            return null;
        }

        var lines = new List<EventLine>(window.Lines.Count);
        for (var i = 0; i < window.Lines.Count;)
        {
            // Lines that stand together are read together.
            var end = i + 1;
            while (end < window.Lines.Count && window.Lines[end] == window.Lines[end - 1] + 1)
            {
                end++;
            }

            lines.AddRange(ports.Lines.Read(loop, window.Lines[i], window.Lines[end - 1] + 1));
            i = end;
        }

        return new LinesRead(new VisibleLines(LoopKey.Of(loop), log, window.Lines, lines));
    }

    private PagerRead? FollowPager(AppModel model, Message cause)
    {
        if (model.Ui.Pager is not { } wanted)
        {
            (pager, paged) = (null, null);
            return null;
        }

        var isNew = pager is null || paged is not { } open || !IsSame(open, wanted);
        if (isNew)
        {
            (paged, pager) = (wanted, Opened(model, wanted));
        }

        var change = isNew || cause is FleetChanged or ClockTicked ? pager!.Refresh() : TextChange.None;
        var (known, room) = (wanted.Text, model.Layout.Box?.Visible ?? 0);
        if (!isNew && change == TextChange.None && (known.From, known.Room) == (wanted.Top, room))
        {
            return null;
        }

        var note = pager!.Fault ?? (pager.BytesBefore > 0 ? $"{Numbers.Bytes(pager.BytesBefore)} stand before this and are not shown" : null);
        var text = new PagerText(pager.Count, wanted.Top, room, [.. pager.Read(wanted.Top, room).Select(static line => line.Text)], note);
        return text.SaysTheSameAs(known) ? null : new PagerRead(wanted.Path, text);
    }

    private static bool IsSame(PagerState one, PagerState other) =>
        (one.Path, one.EventRow, one.Own) == (other.Path, other.EventRow, other.Own);

    private ITextLines Opened(AppModel model, PagerState wanted)
    {
        if (wanted.Own is not null)
        {
            return EventPage.Of(model.Current is { } of ? Opening.Own(of, wanted) : null);
        }

        if (wanted.EventRow is not { } row || model.Current is not { } loop)
        {
            return ports.Files.Open(wanted.Repo, wanted.Path);
        }

        return EventPage.Of(ports.Lines.Raw(loop, row));
    }
}
