namespace OpsManager.Configuration.Keymaps;

/// <summary>
/// The one table of bindings: it feeds dispatch, the hint bar, the help, the palette, the check of keymap files and
/// docs/keys.md.
/// </summary>
public static class Bindings
{
    public static readonly IReadOnlyList<Binding> All =
    [
        new(ActionId.MoveDown, "down", "Move down in the pane"),
        new(ActionId.MoveUp, "up", "Move up in the pane"),
        new(ActionId.PageDown, "page down", "Move down a page"),
        new(ActionId.PageUp, "page up", "Move up a page"),
        new(ActionId.MoveToTop, "top", "Go to the first row"),
        new(ActionId.MoveToBottom, "bottom", "Go to the last row; the timeline then follows"),
        new(ActionId.ScrollLeft, "left", "Scroll long lines back; in the detail, the tab before"),
        new(ActionId.ScrollRight, "right", "Scroll long lines on; in the detail, the next tab"),
        new(ActionId.NextPane, "pane", "Go to the next pane", HintPlace.Panes),
        new(ActionId.PreviousPane, "pane back", "Go to the pane before"),
        new(ActionId.ShowRuns, "runs", "Go to the runs"),
        new(ActionId.ShowTimeline, "timeline", "Go to the timeline"),
        new(ActionId.ShowDetail, "detail", "Go to the detail of the run"),
        new(ActionId.ShowAlerts, "alerts", "Go to the alerts"),
        new(ActionId.Zoom, "zoom", "Give the pane the whole screen, or take it back", HintPlace.Panes),
        new(ActionId.PreviousTab, "tab back", "Detail: the tab before"),
        new(ActionId.NextTab, "tab", "Detail: the next tab", HintPlace.Detail),
        new(ActionId.ShowWhy, "why", "Detail: why the run stands where it stands"),
        new(ActionId.ShowGates, "gates", "Detail: the gates of the last iterations"),
        new(ActionId.ShowApproval, "approval", "Detail: what waits for approval, and who decided before"),
        new(ActionId.ShowIterations, "iterations", "Detail: roles and gates of each iteration over time"),
        new(ActionId.ShowUsage, "usage", "Detail: tokens, cost and time by role and iteration"),
        new(ActionId.ShowControl, "control", "Detail: every intent and what came of it"),
        new(ActionId.ShowFiles, "files", "Detail: the raw artifacts, logs and reports"),
        new(
            ActionId.Open, "open", "Run: its timeline. Event: all of it. Alert: its evidence. File: its text",
            HintPlace.Runs | HintPlace.Timeline | HintPlace.Alerts),
        new(
            ActionId.OpenInPager, "$PAGER", "Open the file behind it in $PAGER, at its line",
            HintPlace.Detail | HintPlace.Alerts | HintPlace.Pager),
        new(
            ActionId.Copy, "copy", "Copy the run's name, the event, the finding or the file through the terminal",
            HintPlace.Detail | HintPlace.Alerts | HintPlace.Pager),
        new(ActionId.Sort, "sort", "Sort the runs: by urgency, name, age, lag", HintPlace.Runs),
        new(
            ActionId.Filter, "filter",
            "In the runs: show only runs that match: text, @label, is:failed. Elsewhere: only lines of the timeline: text, role:R, "
                + "event:E, status:S, iter:N. ! before a term inverts it",
            HintPlace.Runs | HintPlace.Timeline),
        new(ActionId.NextMatch, "next match", "Go to the next line that matches the filter", HintPlace.Timeline),
        new(ActionId.PreviousMatch, "match back", "Go to the line before that matches the filter"),
        new(ActionId.ToggleContext, "context", "Show the lines between the matches, or hide them", HintPlace.Timeline),
        new(ActionId.NextProblem, "next problem", "Go to the next problem in the timeline", HintPlace.Timeline),
        new(ActionId.PreviousProblem, "problem back", "Go to the problem before"),
        new(ActionId.Follow, "follow", "Follow the newest event, or stop following", HintPlace.Timeline),
        new(ActionId.Pause, "pause", "Hold the timeline still, or let it run on", HintPlace.Timeline),
        new(ActionId.TimeFormat, "time", "Times in the timeline: of day, with the date, or as ages", HintPlace.Timeline),
        new(ActionId.ApproveRun, "approve", "Approve what waits in the run: shows what that will do, and asks", HintPlace.Runs),
        new(ActionId.RejectRun, "reject", "Reject what waits in the run, with a note: shows what that will do, and asks", HintPlace.Runs),
        new(ActionId.CancelRun, "cancel run", "Stop what the repository runs: shows which run that is, and asks"),
        new(
            ActionId.Acknowledge, "acknowledge",
            "Say that you have seen an intent that was refused, contradicted or stayed unknown, with a note", HintPlace.Alerts),
        new(ActionId.ShowIncident, "incident", "Open the note of the rollback that the run is in", HintPlace.Runs | HintPlace.Alerts),
        new(
            ActionId.Rearm, "arm again",
            "Arm the run's loop again after a rollback, with a reason: only where the artifacts, read anew, agree"),
        new(ActionId.SnapshotOnly, "snapshots", "Switch the event stream off, so that lifecycles come from snapshots alone, or on again"),
        new(
            ActionId.Wake, "wake",
            "Ask the run's sprite now, though it sleeps, cannot be reached, or nobody asks it any more: that wakes it", HintPlace.Runs),
        new(ActionId.Palette, "palette", "Find and do anything by name: actions, runs, themes", HintPlace.Panes),
        new(ActionId.NextTheme, "theme", "Take the next theme"),
        new(ActionId.Help, "help", "Show or close the help", HintPlace.Panes),
        new(
            ActionId.Back, "back",
            "Close what is open: help or pager, then the filter (in the runs, theirs first), then the zoom; never leaves",
            HintPlace.Pager),
        new(ActionId.Redraw, "redraw", "Draw the whole screen anew"),
        new(ActionId.Suspend, "suspend", "Back to the shell; its fg comes back here"),
        new(ActionId.Quit, "quit", "Leave; from help and pager, back to the panes", HintPlace.Panes),
        new(ActionId.Accept, "accept", "Take what is typed, or the choice", Hint: HintPlace.Prompt, Context: KeyContext.Prompt),
        new(ActionId.Cancel, "cancel", "Leave the line as it was before", Hint: HintPlace.Prompt, Context: KeyContext.Prompt),
        new(ActionId.Complete, "complete", "Complete what is typed from the choice", Hint: HintPlace.Prompt, Context: KeyContext.Prompt),
        new(ActionId.NextChoice, "next", "The next choice", Hint: HintPlace.Prompt, Context: KeyContext.Prompt),
        new(ActionId.PreviousChoice, "previous", "The choice before", Context: KeyContext.Prompt),
        new(ActionId.DeleteBack, "delete back", "Delete the character before the cursor", Context: KeyContext.Prompt),
        new(ActionId.DeleteForward, "delete", "Delete the character under the cursor", Context: KeyContext.Prompt),
        new(ActionId.DeleteWord, "delete word", "Delete the word before the cursor", Context: KeyContext.Prompt),
        new(ActionId.DeleteLine, "delete line", "Delete all that is typed", Context: KeyContext.Prompt),
        new(ActionId.CursorLeft, "left", "Move the cursor left", Context: KeyContext.Prompt),
        new(ActionId.CursorRight, "right", "Move the cursor right", Context: KeyContext.Prompt),
        new(ActionId.CursorToStart, "start", "Move the cursor to the start of the line", Context: KeyContext.Prompt),
        new(ActionId.CursorToEnd, "end", "Move the cursor to the end of the line", Context: KeyContext.Prompt),
        new(
            ActionId.Send, "send", "Send what is shown; a cancel is sent by typing its four digits instead", Hint: HintPlace.Confirm,
            Context: KeyContext.Confirm),
        new(ActionId.EditNote, "note", "Write the note", Hint: HintPlace.Confirm, Context: KeyContext.Confirm),
        new(
            ActionId.CopyCommand, "copy command", "Copy the command line, to run it by hand", Hint: HintPlace.Confirm,
            Context: KeyContext.Confirm),
        new(
            ActionId.LeaveConfirm, "close", "Close the box; what was sent goes on being verified", Hint: HintPlace.Confirm,
            Context: KeyContext.Confirm),
        new(ActionId.ConfirmDown, "down", "Show more of what stands below", Context: KeyContext.Confirm),
        new(ActionId.ConfirmUp, "up", "Show more of what stands above", Context: KeyContext.Confirm),
    ];

    private static readonly Dictionary<ActionId, Binding> ByAction = All.ToDictionary(static binding => binding.Action);

    public static Binding For(ActionId action) => ByAction[action];
}
