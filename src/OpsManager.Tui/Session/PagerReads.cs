using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using OpsManager.Sources.Local;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Pager;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Session;

/// <summary>
/// Reads the text that is open in the pager, lists the logs of its run, looks often whether it has grown, and searches it beside the
/// screen.
/// </summary>
/// <param name="send">Takes a message, on the UI thread.</param>
internal sealed class PagerReads(ScreenPorts ports, Action<Message> send) : IDisposable
{
    /// <summary>Bytes that are searched before a key or a line is looked at again.</summary>
    private const long SearchSlice = 16 * 1024 * 1024;

    /// <summary>Bytes of which the lines are counted at a time.</summary>
    private const long CountSlice = 8 * 1024 * 1024;

    /// <summary>While a text grows, and while it does not.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(250);

    private readonly SerialDisposable searching = new();
    private ITextLines? text;
    private PagerState? open;
    private PagerSeek? sought;
    private PagerMatches? counted;
    private (LoopKey Run, DateTimeOffset At)? listed;
    private TextChange change;
    private bool isWatching;
    private string? note;

    public void Dispose()
    {
        searching.Dispose();
        text?.Dispose();
    }

    /// <summary>The logs of the run whose log is open, once a second at most; null where they need not be listed.</summary>
    public LogsListed? Logs(AppModel model, Message cause, bool isOther)
    {
        if (model.Ui.Pager?.Logs is not { } logs)
        {
            listed = null;
            return null;
        }

        var now = (logs.Run, model.Steady);
        if (listed == now && !isOther && logs.AreListed)
        {
            return null;
        }

        if (cause is LogsListed || model.Fleet.Loop(logs.Run.Repo, logs.Run.Loop) is not { } loop)
        {
            return null;
        }

        listed = now;
        return new LogsListed(logs.Run, ports.Files.Logs(loop));
    }

    /// <summary>The visible lines, where they are not held yet.</summary>
    public PagerRead? Page(AppModel model, bool isOther)
    {
        if (model.Ui.Pager is not { } wanted || wanted.Path.Length == 0)
        {
            Close();
            return null;
        }

        var isNew = isOther || text is null || open?.ShowsTheSameTextAs(wanted) != true;
        if (isNew)
        {
            Close();
            (open, text) = (wanted, Opened(model, wanted));
        }

        Look();
        var (room, width) = (model.Layout.Box?.Visible ?? 0, Math.Max(0, (model.Layout.Box?.Area.Width ?? 2) - 2));
        var request = wanted.Request(room, width);
        if (!isNew && change == TextChange.None && wanted.Text.Request == request)
        {
            return null;
        }

        if (change == TextChange.StartedOver && !isNew && wanted.Text.Size > 0)
        {
            note = "the file was cut or replaced, and is read again";
        }

        change = TextChange.None;
        var read = PagerWindow.Read(text!, request, wanted.Syntax) with { Note = text!.Fault ?? note };
        return read.SaysTheSameAs(wanted.Text) ? null : new PagerRead(wanted.Path, read);
    }

    /// <summary>Looks again after a while, as long as a text is open: what it finds comes as a message.</summary>
    public void Watch(AppModel model)
    {
        if (isWatching || text is null || model.Ui.Pager is null || model.Replay is not null)
        {
            return;
        }

        isWatching = true;
        WatchAfter(Soon);
    }

    /// <summary>Goes on with the search in the pager; another one ends the one before.</summary>
    public void Search(AppModel model)
    {
        if (model.Ui.Pager is { Search: { Seek: null, At: not null, Matches: { IsDone: false } matches } found } && text is { } whole)
        {
            sought = null;
            Count(whole, found.Text, matches);
            return;
        }

        if (model.Ui.Pager is not { Search: { Seek: { } seek } search } || text is not { } searched)
        {
            (sought, counted, searching.Disposable) = (null, null, Disposable.Empty);
            return;
        }

        if (ReferenceEquals(seek, sought))
        {
            return;
        }

        (sought, counted) = (seek, null);
        Seek(searched, search.Text, seek);
    }

    /// <summary>Counts what a search finds, a part of the text at a time.</summary>
    private void Count(ITextLines searched, string wanted, PagerMatches matches)
    {
        if (ReferenceEquals(matches, counted))
        {
            return;
        }

        counted = matches;
        searching.Disposable = ports.SearchScheduler.Schedule(() =>
        {
            var lines = matches.Lines.ToBuilder();
            var step = searched.Find(wanted, matches.Next, isBackward: false, SearchSlice);
            while (step.Line is { } line && lines.Count < PagerMatches.MaxLines)
            {
                lines.Add(line);
                step = searched.Find(wanted, line + 1, isBackward: false, SearchSlice);
            }

            var isDone = step.IsDone || step.Fault is not null || step.Line is not null || step.Next >= PagerMatches.MaxBytes;
            var now = new PagerMatches(lines.ToImmutable(), step.Next, isDone);
            ports.Terminal.Post(() =>
            {
                if (!step.IsWaiting)
                {
                    send(new PagerCounted(matches, now));
                }
                else if (ReferenceEquals(matches, counted))
                {
                    // The next message counts on.
                    counted = null;
                }
            });
        });
    }

    private void Seek(ITextLines searched, string wanted, PagerSeek seek) =>
        searching.Disposable = ports.SearchScheduler.Schedule(() =>
        {
            var step = searched.Find(wanted, seek.From, seek.IsBackward, SearchSlice);
            ports.Terminal.Post(() =>
            {
                if (!step.IsWaiting)
                {
                    send(new PagerSought(seek, step.Line, step.Next, step.IsDone, step.Fault));
                }
                else if (ReferenceEquals(seek, sought))
                {
                    ports.Terminal.After(Later, () => Again(searched, wanted, seek));
                }
            });
        });

    private void Again(ITextLines searched, string wanted, PagerSeek seek)
    {
        if (ReferenceEquals(seek, sought) && ReferenceEquals(searched, text))
        {
            Seek(searched, wanted, seek);
        }
    }

    private void WatchAfter(TimeSpan delay) => ports.Terminal.After(delay, () =>
    {
        if (text is null)
        {
            isWatching = false;
            return;
        }

        Look();
        var isNews = change != TextChange.None;
        if (open?.HasNumbers == true && text.Count is null && !text.CountOn(CountSlice))
        {
            (change, isNews) = (TextChange.Grown, true);
        }

        if (isNews)
        {
            send(new PagerTextChanged());
        }

        WatchAfter(isNews ? Soon : Later);
    });

    private void Look()
    {
        var seen = text!.Refresh();
        change = seen == TextChange.None ? change : seen;
    }

    private void Close()
    {
        text?.Dispose();
        (text, open, note, change) = (null, null, null, TextChange.None);
    }

    private ITextLines Opened(AppModel model, PagerState wanted)
    {
        if ((wanted.Made ?? wanted.Review?.Current.Lines) is { } lines)
        {
            return new FixedLines(lines);
        }

        if (wanted.Own is not null)
        {
            return EventPage.From(model.Current is { } of ? Opening.Own(of, wanted) : null);
        }

        if (wanted.EventRow is not { } row || model.Current is not { } loop)
        {
            var file = ports.Files.Open(wanted.Repo, wanted.Path);
            return wanted.Syntax is PagerSyntax.Json or PagerSyntax.Markdown ? new FormattedLines(file, wanted.Syntax) : file;
        }

        return row < loop.Tally.Lines ? EventPage.From(ports.Lines.Raw(loop, row), wanted.IsRaw) : EventPage.NotYet;
    }
}
