using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using OpsManager.Sources.Local;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Timeline;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Session;

/// <summary>
/// Reads what the screen is about to show and the model does not hold yet: visible lines of the log, the text in the pager, the listing
/// of files. What was read comes as a message, so that no view and no update has to read.
/// </summary>
/// <param name="send">Takes a message, on the UI thread.</param>
internal sealed class VisibleReads(ScreenPorts ports, Action<Message> send) : IDisposable
{
    /// <summary>Lines searched before the count on screen is moved on.</summary>
    private const int SearchSlice = 20_000;

    private readonly SerialDisposable searching = new();
    private LogSearch? search;
    private readonly PagerReads pager = new(ports, send);
    private (LoopKey Loop, DateTimeOffset At)? listed;
    private (LoopKey Loop, DateTimeOffset At)? watched;
    private ReplayMoment? moment;

    public void Dispose()
    {
        searching.Dispose();
        pager.Dispose();
    }

    /// <summary>What the model needs as it stands now, after <paramref name="cause"/>; empty where it has everything.</summary>
    public IReadOnlyList<Message> Read(AppModel model, Message cause)
    {
        // At another moment of a recording the files are others, whatever the model still has of them.
        var isOther = ReplayMoment.From(model.Replay) != moment;
        moment = ReplayMoment.From(model.Replay);
        Watch(model);
        Message?[] found =
        [
            Files(model, isOther), Lines(model, isOther), pager.Logs(model, cause, isOther), pager.Page(model, isOther),
        ];
        return [.. found.OfType<Message>()];
    }

    /// <summary>
    /// Goes on with what is looked for beside the screen: matches in the timeline and in the pager, and what is appended there.
    /// </summary>
    public void Search(AppModel model)
    {
        pager.Watch(model);
        pager.Search(model);
        if (model.Layout.Timeline?.Rows is not { Search: { } wanted } rows)
        {
            (search, searching.Disposable) = (null, Disposable.Empty);
            return;
        }

        // The slice at this place is under way, or there is none to come.
        var isUnderWay = search is { } running
            && running.IsOf(wanted.Loop, wanted.Log, wanted.Filter)
            && running.Scanned == wanted.Scanned;
        if (isUnderWay || wanted.Scanned >= rows.Lines)
        {
            return;
        }

        var loop = rows.Loop;
        search = wanted;
        searching.Disposable = ports.SearchScheduler.Schedule(() =>
        {
            var step = ports.Search.Search(loop, wanted.Filter, wanted.Matches, wanted.Scanned, SearchSlice);
            var advanced = new SearchAdvanced(wanted with { Found = wanted.Matches.Count, Scanned = step.Next });
            ports.Terminal.Post(() =>
            {
                // Where what was found cannot be relied on, the same slice is searched again.
                search = ReferenceEquals(search, wanted) ? null : search;
                send(step.Fault is { } fault ? new ToastRequested(fault, IsFault: true) : advanced);
            });
        });
    }

    /// <summary>Says that the operator looks at a loop, each second: not of one that they only pass by.</summary>
    private void Watch(AppModel model)
    {
        if (model.Layout.Timeline?.Rows.Loop is not { } loop)
        {
            watched = null;
            return;
        }

        var now = (Loop: LoopKey.From(loop), At: model.Steady);
        if (watched is { } before && before.Loop == now.Loop && before.At != now.At)
        {
            ports.LookAt(now.Loop);
        }

        watched = now;
    }

    private FilesListed? Files(AppModel model, bool isOther)
    {
        if (model.Ui.Detail.Tab != DetailTab.Files || !model.Layout.Panes.ContainsKey(PaneId.Detail) || model.Current is not { } loop)
        {
            listed = null;
            return null;
        }

        // Once a second at most: the clock's tick looks again.
        var now = (LoopKey.From(loop), model.Steady);
        if (listed == now && !isOther)
        {
            return null;
        }

        listed = now;
        return new FilesListed(LoopKey.From(loop), ports.Files.List(loop));
    }

    private LinesRead? Lines(AppModel model, bool isOther)
    {
        if (model.Layout.Timeline is not { Lines.Count: > 0, Rows: { Log: { } log, Loop: var loop } } window
            || (model.Ui.Timeline.Lines?.AreOf(window) == true && !isOther))
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

        return new LinesRead(new VisibleLines(LoopKey.From(loop), log, window.Lines, lines));
    }
}
