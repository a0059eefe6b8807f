using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Pager;

/// <summary>What keys and text that was read change in the pager.</summary>
internal static class PagerUpdate
{
    private const int ScrollStep = 16;

    /// <summary>The log of a run that works now, or worked last.</summary>
    public static PagerState OpenLogs(LoopKey run) => new(run.Repo, "", null, "LOG")
    {
        Aim = PagerAim.Last,
        Follows = true,
        Wraps = true,
        Logs = new RunLogs(run, GoesOn: true),
    };

    /// <summary>The log that an event names.</summary>
    public static PagerState OpenLog(LoopKey run, string path) =>
        OpenLogs(run) with { Path = path, Logs = new RunLogs(run, GoesOn: false) };

    /// <summary>The first of the texts to read before a decision.</summary>
    public static PagerState OpenReview(ReviewTexts texts) => new(texts.Run.Repo, texts.Current.Path, null, "READ")
    {
        Wraps = true,
        Review = texts,
    };

    /// <param name="visible">Rows that the box has.</param>
    /// <param name="now">Steady time, for a word that goes by itself.</param>
    public static Step<PagerState> Ask(PagerState state, ActionId action, int visible, DateTimeOffset now) => action switch
    {
        ActionId.ScrollLeft => state with { Left = Math.Max(0, state.Left - ScrollStep) },
        ActionId.ScrollRight when state.Wraps => Said(state, "lines are wrapped; nothing stands at the right", now),
        ActionId.ScrollRight => state with { Left = state.Left + ScrollStep },
        ActionId.WrapLines => state with { Wraps = !state.Wraps, Left = 0 },
        ActionId.LineNumbers => state with { HasNumbers = !state.HasNumbers },
        ActionId.ShowRaw => state with { IsRaw = !state.IsRaw, Aim = state.Follows ? PagerAim.Last : PagerAim.First, Search = null },
        ActionId.FollowText => state with { Follows = !state.Follows, Aim = state.Follows ? Here(state, 0) : PagerAim.Last },
        ActionId.NextFound => Go(state, isBackward: false, now),
        ActionId.PreviousFound => Go(state, isBackward: true, now),
        ActionId.NextLog => Turn(state, 1, now),
        ActionId.PreviousLog => Turn(state, -1, now),
        ActionId.MoveDown => Down(state, 1),
        ActionId.PageDown or ActionId.NextPage => Down(state, Math.Max(1, visible - 1)),
        ActionId.MoveUp => Moved(state, Here(state, -1)),
        ActionId.PageUp or ActionId.PreviousPage => Moved(state, Here(state, -Math.Max(1, visible - 1))),
        ActionId.MoveToTop => Moved(state, PagerAim.First),
        // A log goes on: who goes to its end wants to see that.
        ActionId.MoveToBottom => state with { Aim = PagerAim.Last, Follows = state.Follows || state.Logs is not null },
        _ => state,
    };

    public static PagerState Take(PagerState state, PagerRead read) => read.Path != state.Path ? state : FoundPlace.Shown(state with
    {
        Text = read.Text,
        Aim = state.Follows || read.Text.Request is null ? state.Aim : read.Text.Request.Aim,
    });

    /// <summary>Looks for a text: from the top of what is visible on, and then back from there.</summary>
    public static PagerState Search(PagerState state, string text) => text.Length == 0
        ? state with { Search = null }
        : state with { Search = new PagerSearch(text) { Seek = PagerSeek.First(state.Text.Top.Offset) } };

    public static PagerState Take(PagerState state, PagerSought sought)
    {
        if (state.Search is not { Seek: { } seek } search || !ReferenceEquals(seek, sought.Seek))
        {
            return state;
        }

        if (sought.Fault is { } fault)
        {
            return state with { Search = search with { Seek = null, Note = fault } };
        }

        if (sought.Found is { } line)
        {
            if (line == search.At && !seek.HasWrapped && !seek.IsBackward)
            {
                return state with { Search = search with { Seek = seek with { From = sought.Next + 1 } } };
            }

            var note = !seek.HasWrapped ? null
                : seek.IsFirst ? "no match below, this is the nearest above"
                : seek.IsBackward ? "went on from the end" : "went on from the start";
            return FoundPlace.Shown(Shown(state, line) with
            {
                Search = search with { At = line, Seek = null, Note = note, IsComing = true },
            });
        }

        // Once around is enough.
        var isAround = seek is { HasWrapped: true, IsFirst: false }
            && (seek.IsBackward ? sought.Next <= seek.Origin : sought.Next >= seek.Origin);
        PagerSeek? next = sought.IsDone
            ? seek.HasWrapped ? null
                : seek.IsFirst ? seek with { From = seek.Origin, IsBackward = true, HasWrapped = true }
                : seek with { From = seek.IsBackward ? long.MaxValue : 0, HasWrapped = true }
            : isAround ? null : seek with { From = sought.Next };
        return state with
        {
            Search = next is null
                ? search with { Seek = null, Note = $"not found: {search.Text}" }
                : search with { Seek = next },
        };
    }

    /// <summary>The count of a search that is still the same.</summary>
    public static PagerState Take(PagerState state, PagerCounted counted) =>
        state.Search is { } search && ReferenceEquals(search.Matches, counted.Before)
            ? state with { Search = search with { Matches = counted.Now } }
            : state;

    /// <summary>What is there now; the pager goes on with the log of whatever works next, while the newest line is followed.</summary>
    public static Step<PagerState> Take(PagerState state, LogsListed listed, Watched watched)
    {
        if (state.Logs is not { } logs || logs.Run != listed.Run)
        {
            return state;
        }

        logs = logs.With(listed.Files, watched.Fleet.Loop(listed.Run.Repo, listed.Run.Loop));
        state = state with { Logs = logs };
        if (logs.Newest is not { } newest || newest.Path == state.Path)
        {
            // Who came to the newest log by an event goes on from it as well.
            return logs.Newest is null ? state : state with { Logs = logs with { GoesOn = true } };
        }

        if (state.Path.Length == 0)
        {
            return Shows(state, newest.Path);
        }

        // A log that was removed, or is a link now, stays open and says so: another one in its place would be read as this one.
        return logs.GoesOn && state.Follows && logs.Find(state.Path) is not null
            ? Said(Shows(state, newest.Path), $"{newest.Title} has started: this is its log", watched.Steady)
            : state;
    }

    private static PagerState Shows(PagerState state, string path) => state with
    {
        Path = path,
        Aim = PagerAim.Last,
        Left = 0,
        Search = state.Search is { } search ? new PagerSearch(search.Text) : null,
        Text = PagerText.Nothing,
    };

    private static Step<PagerState> Turn(PagerState state, int by, DateTimeOffset now)
    {
        if (state.Review is { } review)
        {
            return TurnReview(state, review, by, now);
        }

        if (state.Logs is not { Files.Count: > 0 } logs)
        {
            return Said(state, state.Logs is null ? "this text is not the log of a run" : "no log of this run was found", now);
        }

        var at = -1;
        for (var i = 0; i < logs.Files.Count; i++)
        {
            at = logs.Files[i].Path == state.Path ? i : at;
        }

        var next = at < 0 ? logs.Files.Count - 1 : at + by;
        if (next < 0 || next >= logs.Files.Count)
        {
            return Said(state, by < 0 ? "this is the first log of the run" : "this is the last log of the run", now);
        }

        var file = logs.Files[next];
        return Shows(state, file.Path) with { Follows = true, Logs = logs with { GoesOn = file.Path == logs.Newest?.Path } };
    }

    private static Step<PagerState> TurnReview(PagerState state, ReviewTexts review, int by, DateTimeOffset now)
    {
        var next = review.At + by;
        if (next < 0 || next >= review.Texts.Length)
        {
            return Said(state, by < 0 ? "this is the first text" : "this is the last text", now);
        }

        var turned = review with { At = next };
        return Shows(state, turned.Current.Path) with { Review = turned, Aim = PagerAim.First };
    }

    private static PagerState Down(PagerState state, int by) =>
        state.Follows ? state
        : state.Text.IsAtEnd && state.Logs is not null ? state with { Aim = PagerAim.Last, Follows = true }
        : state with { Aim = Here(state, by) };

    private static PagerState Moved(PagerState state, PagerAim aim) => state with { Aim = aim, Follows = false };

    private static PagerAim.At Here(PagerState state, int by) => new PagerAim.At(state.Text.Top, by);

    private static Step<PagerState> Go(PagerState state, bool isBackward, DateTimeOffset now)
    {
        if (state.Search is not { } search)
        {
            return Said(state, "nothing is searched", now);
        }

        var from = search.At is { } at ? isBackward ? at : at + 1 : state.Text.Top.Offset;
        // The text may have grown since.
        var matches = search.Matches with { IsDone = false };
        return state with { Search = search with { Note = null, Seek = new PagerSeek(from, from, isBackward), Matches = matches } };
    }

    /// <summary>A line that was found is moved to only where it is not visible.</summary>
    private static PagerState Shown(PagerState state, long line)
    {
        var room = state.Text.Request?.Room ?? 0;
        var isVisible = state.Text.Lines.Take(room).Any(shown => shown.Start == line);
        return isVisible ? state with { Follows = false, Aim = Here(state, 0) }
            : state with { Follows = false, Aim = new PagerAim.At(new PagerTop(line, 0), -(room / 3)) };
    }

    private static Step<PagerState> Said(PagerState state, string text, DateTimeOffset now) => new(state, null, Toast.Note(text, now));
}
