namespace OpsManager.Configuration.Keymaps;

/// <summary>Everything that a key can ask for. Names in keymap files are these in kebab-case.</summary>
public enum ActionId
{
    MoveDown, MoveUp, PageDown, PageUp, MoveToTop, MoveToBottom, ScrollLeft, ScrollRight,
    NextPane, PreviousPane, ShowRuns, ShowTimeline, ShowDetail, ShowAlerts, Zoom, GrowPane, ShrinkPane, ResetPanes,
    PreviousTab, NextTab, ShowWhy, ShowGates, ShowApproval, ShowIterations, ShowUsage, ShowControl, ShowFiles,
    Open, OpenInPager, ShowLog, Copy, Describe, Sort, Mark, ClearMarks,
    Filter, NextMatch, PreviousMatch, ToggleContext, NextProblem, PreviousProblem, Follow, Pause, FoldIterations, TimeFormat,
    ApproveRun, RejectRun, CancelRun, Acknowledge, ShowIncident, Rearm, SnapshotOnly, Wake, LookBack,
    ReplayStep, ReplayStepBack, ReplayNextProblem, ReplayPreviousProblem, ReplayNextIteration, ReplayPreviousIteration,
    ReplayFaster, ReplaySlower, ReplayStart, ReplayEnd,
    SearchText, NextFound, PreviousFound, FollowText, WrapLines, LineNumbers, ShowRaw, NextLog, PreviousLog, NextPage, PreviousPage,
    Palette, NextTheme, Help, Back, Redraw, Suspend, Quit,
    Accept, Cancel, Complete, NextChoice, PreviousChoice,
    DeleteBack, DeleteForward, DeleteWord, DeleteLine, CursorLeft, CursorRight, CursorToStart, CursorToEnd,
    Send, ReadFirst, EditNote, CopyCommand, LeaveConfirm, ConfirmDown, ConfirmUp,
    ConfirmPageDown, ConfirmPageUp, ConfirmToTop, ConfirmToBottom,
}
