namespace OpsManager.Configuration.Keymaps;

/// <summary>
/// The one table of bindings: it feeds dispatch, the hint bar, the help, the palette, the check of keymap files and
/// docs/keys.md.
/// </summary>
public static class Bindings
{
    /// <summary>Where a key that sends is shown: beside what is decided on.</summary>
    private const HintPlace Deciding = HintPlace.Runs | HintPlace.Detail | HintPlace.Alerts;

    public static readonly IReadOnlyList<Binding> All =
    [
        new(ActionId.MoveDown, "down", "Move down in the pane"),
        new(ActionId.MoveUp, "up", "Move up in the pane"),
        new(ActionId.PageDown, "page down", "Move down a page"),
        new(ActionId.PageUp, "page up", "Move up a page"),
        new(ActionId.MoveToTop, "top", "Go to the first row"),
        new(ActionId.MoveToBottom, "bottom", "Go to the last row; the timeline then follows"),
        new(ActionId.ScrollLeft, "left", "Scroll long lines left; in the detail, go to the previous tab; in the runs, fold the group"),
        new(ActionId.ScrollRight, "right", "Scroll long lines right; in the detail, go to the next tab; in the runs, unfold the group"),
        new(ActionId.NextPane, "pane", "Go to the next pane", HintPlace.Panes),
        new(ActionId.PreviousPane, "previous pane", "Go to the previous pane"),
        new(ActionId.ShowRuns, "runs", "Go to the runs"),
        new(ActionId.ShowTimeline, "timeline", "Go to the timeline"),
        new(ActionId.ShowDetail, "detail", "Go to the detail of the run"),
        new(ActionId.ShowAlerts, "alerts", "Go to the alerts"),
        new(ActionId.Zoom, "zoom", "Give the pane the whole screen, or take it back", HintPlace.Panes),
        new(ActionId.GrowPane, "larger pane", "Make the pane larger: the runs wider, the others higher"),
        new(ActionId.ShrinkPane, "smaller pane", "Make the pane smaller"),
        new(ActionId.ResetPanes, "reset panes", "Give every pane the size that it has by itself", HintPlace.Panes),
        new(ActionId.PreviousTab, "previous tab", "Detail: the previous tab"),
        new(ActionId.NextTab, "next tab", "Detail: the next tab", HintPlace.Detail),
        new(ActionId.ShowWhy, "why", "Detail: why the run is in its state, with the evidence"),
        new(ActionId.ShowGates, "gates", "Detail: the gates of the last iterations"),
        new(ActionId.ShowApproval, "approval", "Detail: the waiting approval, and earlier decisions"),
        new(ActionId.ShowIterations, "iterations", "Detail: roles and gates of each iteration over time"),
        new(ActionId.ShowUsage, "usage", "Detail: tokens, cost and time by role and iteration"),
        new(ActionId.ShowControl, "control", "Detail: every intent and its result"),
        new(ActionId.ShowFiles, "files", "Detail: the raw artifacts, logs and reports"),
        new(
            ActionId.Open, "open",
            "Run: its timeline. Group: its runs. Event: all of it. Iteration in one line: its events. Alert: its evidence. File: its text",
            HintPlace.Runs | HintPlace.Timeline | HintPlace.Alerts),
        new(
            ActionId.OpenInPager, "$PAGER", "Open the row's file in $PAGER, at its line",
            HintPlace.Detail | HintPlace.Alerts | HintPlace.Pager),
        new(
            ActionId.ShowLog, "log",
            "Run: the log of the agent that works now, or of the last one. Event: the log that it names",
            HintPlace.Runs | HintPlace.Timeline | HintPlace.Alerts),
        new(
            ActionId.Copy, "copy", "Copy the command of the run's next step, the event, the alert or the file to the terminal's clipboard",
            HintPlace.Runs | HintPlace.Detail | HintPlace.Alerts | HintPlace.Pager | HintPlace.Describe),
        new(
            ActionId.Describe, "describe", "Describe the alert or the run: what it means, its evidence, what to do and by which key",
            HintPlace.Runs | HintPlace.Alerts),
        new(ActionId.Sort, "sort", "Sort the runs: by urgency, name, age, lag", HintPlace.Runs),
        new(ActionId.Mark, "mark", "Mark the run, or the runs of the group, or take the mark away", HintPlace.Runs),
        new(ActionId.ClearMarks, "clear marks", "Take all marks away"),
        new(
            ActionId.Filter, "filter",
            "In the runs: show only runs that match: text, @label, is:failed. Elsewhere: only lines of the timeline: text, role:R, "
                + "event:E, status:S, iter:N. ! before a term inverts it",
            HintPlace.Runs | HintPlace.Timeline | HintPlace.Help),
        new(ActionId.NextMatch, "next match", "Go to the next line that matches the filter", HintPlace.Timeline),
        new(ActionId.PreviousMatch, "previous match", "Go to the previous line that matches the filter"),
        new(ActionId.ToggleContext, "context", "Show the lines between the matches, or hide them", HintPlace.Timeline),
        new(ActionId.NextProblem, "next problem", "Go to the next problem in the timeline", HintPlace.Timeline),
        new(ActionId.PreviousProblem, "previous problem", "Go to the previous problem in the timeline"),
        new(ActionId.Follow, "follow", "Follow the newest event, or stop following", HintPlace.Timeline),
        new(
            ActionId.Pause, "pause", "Pause the timeline, or resume it. Group of runs: fold or unfold it. Replay: play or pause",
            HintPlace.Runs | HintPlace.Timeline),
        new(
            ActionId.FoldIterations, "fold", "Fold finished iterations to one line each, or unfold all; open unfolds one",
            HintPlace.Timeline),
        new(ActionId.TimeFormat, "time", "Times in the timeline: time of day (UTC), date and time (UTC), or age", HintPlace.Timeline),
        new(ActionId.ApproveRun, "approve", "Approve the waiting run: a box shows what will happen, and asks", Deciding),
        new(ActionId.RejectRun, "reject", "Reject the waiting run, with a note: a box shows what will happen, and asks", Deciding),
        new(ActionId.CancelRun, "cancel", "Cancel the run of the repository: a box shows which run that is, and asks", Deciding),
        new(
            ActionId.Acknowledge, "acknowledge",
            "Acknowledge, with a note, an intent that was refused, contradicted or not confirmed",
            HintPlace.Runs | HintPlace.Detail | HintPlace.Alerts),
        new(ActionId.ShowIncident, "incident", "Open the incident note of a loop that is rolled back", HintPlace.Runs | HintPlace.Alerts),
        new(
            ActionId.Rearm, "re-arm",
            "Re-arm the loop after a rollback, with a reason, if its artifacts, read again, agree",
            HintPlace.Runs | HintPlace.Alerts),
        new(ActionId.SnapshotOnly, "snapshot-only", "Turn snapshot-only mode on or off: lifecycles then come from snapshots only"),
        new(
            ActionId.Wake, "wake",
            "Read the run's sprite now, even if it is asleep, unreachable or not polled: this wakes it",
            HintPlace.Runs | HintPlace.Alerts),
        new(
            ActionId.LookBack, "back in time",
            "Go back in time in the run, from what was recorded of it; End at the end, Esc or quit lead back to the live run",
            HintPlace.Runs | HintPlace.Timeline),
        new(ActionId.ReplayStep, "step", "Replay: go one recorded change forward"),
        new(ActionId.ReplayStepBack, "step backward", "Replay: go one recorded change back"),
        new(ActionId.ReplayNextProblem, "problem", "Replay: go to the next problem or change of state"),
        new(ActionId.ReplayPreviousProblem, "previous problem", "Replay: go to the previous problem or change of state"),
        new(ActionId.ReplayNextIteration, "iteration", "Replay: go to the start of the next iteration"),
        new(ActionId.ReplayPreviousIteration, "previous iteration", "Replay: go to the start of the previous iteration"),
        new(ActionId.ReplayFaster, "faster", "Replay: play faster"),
        new(ActionId.ReplaySlower, "slower", "Replay: play slower"),
        new(
            ActionId.ReplayStart, "start", "Replay: go to the start of the recording, from any pane", Context: KeyContext.Replay),
        new(ActionId.ReplayEnd, "end", "Replay: go to the end of the recording, from any pane", Context: KeyContext.Replay),
        new(
            ActionId.SearchText, "search", "Search the text: Enter searches, Esc leaves the line", HintPlace.Pager, KeyContext.Pager),
        new(ActionId.NextFound, "next match", "Go to the next match", HintPlace.Pager, KeyContext.Pager),
        new(ActionId.PreviousFound, "previous match", "Go to the previous match", Context: KeyContext.Pager),
        new(
            ActionId.FollowText, "follow", "Keep the newest line at the bottom, or stop that", HintPlace.Pager, KeyContext.Pager),
        new(ActionId.WrapLines, "wrap", "Wrap long lines, or cut them", HintPlace.Pager, KeyContext.Pager),
        new(ActionId.LineNumbers, "numbers", "Show line numbers, or hide them", Context: KeyContext.Pager),
        new(
            ActionId.ShowRaw, "raw", "Show the text as it is in the file, or formatted and with colours", HintPlace.Pager,
            KeyContext.Pager),
        new(ActionId.NextLog, "next log", "Go to the next log of the run, or to the next text to read", HintPlace.Pager, KeyContext.Pager),
        new(
            ActionId.PreviousLog, "previous log", "Go to the previous log of the run, or to the previous text to read",
            Context: KeyContext.Pager),
        new(ActionId.NextPage, "page down", "Move down a page", Context: KeyContext.Pager),
        new(ActionId.PreviousPage, "page up", "Move up a page", Context: KeyContext.Pager),
        new(ActionId.Palette, "palette", "Find any action, run or theme by name", HintPlace.Panes),
        new(ActionId.NextTheme, "theme", "Use the next theme"),
        new(ActionId.Help, "help", "Show or close the help", HintPlace.Panes),
        new(
            ActionId.Back, "back",
            "Go back one step: a search, then help or pager, the marks, the filter, then where Enter came from. Never quits",
            HintPlace.Runs | HintPlace.Timeline | HintPlace.Pager | HintPlace.Help | HintPlace.Describe),
        new(ActionId.Redraw, "redraw", "Draw the whole screen again"),
        new(ActionId.Suspend, "suspend", "Suspend to the shell; fg in the shell resumes"),
        new(ActionId.Quit, "quit", "Quit; from help and pager, go back to the panes", HintPlace.Panes),
        new(ActionId.Accept, "accept", "Accept the typed text, or the choice", Hint: HintPlace.Prompt, Context: KeyContext.Prompt),
        new(ActionId.Cancel, "cancel", "Cancel, and restore the line", Hint: HintPlace.Prompt, Context: KeyContext.Prompt),
        new(ActionId.Complete, "complete", "Complete the typed text from the choice", Hint: HintPlace.Prompt, Context: KeyContext.Prompt),
        new(ActionId.NextChoice, "next", "The next choice", Hint: HintPlace.Prompt, Context: KeyContext.Prompt),
        new(ActionId.PreviousChoice, "previous", "The previous choice", Context: KeyContext.Prompt),
        new(ActionId.DeleteBack, "delete back", "Delete the character before the cursor", Context: KeyContext.Prompt),
        new(ActionId.DeleteForward, "delete", "Delete the character under the cursor", Context: KeyContext.Prompt),
        new(ActionId.DeleteWord, "delete word", "Delete the word before the cursor", Context: KeyContext.Prompt),
        new(ActionId.DeleteLine, "delete line", "Delete the typed text", Context: KeyContext.Prompt),
        new(ActionId.CursorLeft, "left", "Move the cursor left", Context: KeyContext.Prompt),
        new(ActionId.CursorRight, "right", "Move the cursor right", Context: KeyContext.Prompt),
        new(ActionId.CursorToStart, "start", "Move the cursor to the start of the line", Context: KeyContext.Prompt),
        new(ActionId.CursorToEnd, "end", "Move the cursor to the end of the line", Context: KeyContext.Prompt),
        new(
            ActionId.Send, "send", "Send what is shown; for a cancel, type its four digits instead", Hint: HintPlace.Confirm,
            Context: KeyContext.Confirm),
        new(
            ActionId.ReadFirst, "read first",
            "Read before you decide: the changed files, the test output and the reports; the box comes back", Hint: HintPlace.Confirm,
            Context: KeyContext.Confirm),
        new(ActionId.EditNote, "note", "Write the note", Hint: HintPlace.Confirm, Context: KeyContext.Confirm),
        new(
            ActionId.CopyCommand, "copy command", "Copy the command line, to run it by hand", Hint: HintPlace.Confirm,
            Context: KeyContext.Confirm),
        new(
            ActionId.LeaveConfirm, "close", "Close the box; verification goes on", Hint: HintPlace.Confirm,
            Context: KeyContext.Confirm),
        new(ActionId.ConfirmDown, "down", "Scroll the box down", Context: KeyContext.Confirm),
        new(ActionId.ConfirmUp, "up", "Scroll the box up", Context: KeyContext.Confirm),
        new(ActionId.ConfirmPageDown, "page down", "Scroll the box down a page", Context: KeyContext.Confirm),
        new(ActionId.ConfirmPageUp, "page up", "Scroll the box up a page", Context: KeyContext.Confirm),
        new(ActionId.ConfirmToTop, "top", "Go to the first row of the box", Context: KeyContext.Confirm),
        new(ActionId.ConfirmToBottom, "bottom", "Go to the last row of the box", Context: KeyContext.Confirm),
    ];

    private static readonly Dictionary<ActionId, Binding> ByAction = All.ToDictionary(static binding => binding.Action);

    public static Binding For(ActionId action) => ByAction[action];

    /// <summary>The action of a name as keymap files have it; null where there is none.</summary>
    public static Binding? Find(string name) => All.FirstOrDefault(binding => binding.Name == name);
}
