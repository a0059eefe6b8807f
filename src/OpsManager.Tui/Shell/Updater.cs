using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Model;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Compare;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Content;
using OpsManager.Tui.Describe;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Help;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Pager;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Timeline;

namespace OpsManager.Tui.Shell;

/// <summary>
/// The one way in which the screen's state changes: a model and a message in, the next model out. It asks the feature that a message
/// belongs to, and lays out the result. Pure.
/// </summary>
internal static class Updater
{
    /// <summary>For so long after a key the operator is at work.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    /// <summary>The model comes with its layout. Lines that were read change no size.</summary>
    public static Step Update(AppModel model, Message message)
    {
        if (message is LinesRead read)
        {
            return model with { Ui = model.Ui with { Timeline = model.Ui.Timeline with { Lines = read.Lines } } };
        }

        var step = Change(model, message);
        return step with { Model = LayoutPhase.Run(ToldMessages.Kept(model, step.Model)) };
    }

    /// <summary>What a message changes, before anything is laid out.</summary>
    public static Step Change(AppModel model, Message message) => message switch
    {
        FleetChanged changed => Followed(Marked(Shifted(model, changed.Fleet) with { Fleet = changed.Fleet })),
        ReplayChanged changed => Replayed(model, changed),
        MomentChosen { At: var at, Note: var note } => new(
            Moved(note is null ? model : model.Say(note), new ReplayCommand.ToTime(at)), new Transport(new ReplayCommand.ToTime(at))),
        RecordingChosen chosen => new(model, new Transport(new ReplayCommand.Open(chosen.Index))),
        RecordingChanged changed => model with { Recorded = model.Recorded.SetItem(changed.Repo, changed.Recording) },
        RecordAsked asked => new(model, new ToggleRecording(asked.Repo)),
        CompareAsked asked => Comparing.Open(model, asked.Request),
        RunsCompared compared => Comparing.Take(model, compared),
        HandAsked asked => new(model.Say("the run's files are being read"), new VerifyByHand(asked.Run, asked.Intent)),
        MessagesAsked => ToldMessages.Open(model),
        ReportAsked asked => new(model.Say("the report is being written"), new WriteReport(asked.Run)),
        ReplayAsked asked => new(model, new LeaveForReplay(asked.Name)),
        PaletteOpened opened => model with { Ui = model.Ui with { Prompt = PromptState.Palette(opened.Text) } },
        SpritesChanged changed => model with { Sprites = changed.Sprites, IsFleet = true },
        ClockTicked ticked => Tick(model with { Clock = ticked.Now, Steady = ticked.Steady ?? ticked.Now }),
        Resized resized => model with { Ui = model.Ui with { Size = resized.Size } },
        Asked asked => Ask(model, asked.Action),
        MousePressed pressed when !model.Layout.TooSmall => MouseMoves.Do(model, pressed, Ask),
        KeysPending pending => model with { Ui = model.Ui with { Pending = pending.Pressed, Toast = null } },
        Typed typed when Asking(model) is { } confirm => Answer(model, ConfirmUpdate.Type(model, confirm, typed.Text)),
        UnexpectedInput when Asking(model) is { } confirm => Answer(model, ConfirmUpdate.Stray(model, confirm)),
        SendDue due => Answer(model, ConfirmUpdate.Due(model, model.Ui.Confirm, due)),
        IntentSent sent => Answer(model, ConfirmUpdate.Began(model.Ui.Confirm, sent)),
        IntentWaits waits => Answer(model, ConfirmUpdate.Waits(model, model.Ui.Confirm, waits)),
        IntentEnded ended => Answer(model, ConfirmUpdate.Ended(model, model.Ui.Confirm, ended)),
        Typed typed => PromptUpdater.Edit(model, prompt => prompt.Insert(typed.Text)),
        RunChosen chosen => model.Find(chosen.Run) is null ? model : model with { Ui = PaneMoves.ShowRun(model, chosen.Run) },
        SortChosen chosen => model with { Ui = model.Ui with { Runs = RunsUpdate.SortBy(model.Ui.Runs, chosen.Sort) } },
        StageChosen chosen => PromptUpdater.AskStage(model, chosen.Stage),
        ThemeChosen chosen => new(model, new TakeTheme(chosen.Name)),
        ThemeTaken taken => (model with { Theme = taken.Theme }).Say($"theme {taken.Theme.Name}"),
        ToastRequested told => model.With(told.IsFault ? Toast.Fault(told.Text, model.Steady) : Toast.Note(told.Text, model.Steady)),
        SearchAdvanced advanced => model with
        {
            Ui = model.Ui with
            {
                Timeline = TimelineUpdate.Take(model.Ui.Timeline, advanced.Search, model.Current, model.Replay is not null),
            },
        },
        FilesListed listed => model with { Ui = model.Ui with { Detail = model.Ui.Detail with { Listed = listed } } },
        PagerRead read when model.Ui.Pager is { } pager => model with { Ui = model.Ui with { Pager = PagerUpdate.Take(pager, read) } },
        PagerSought sought when model.Ui.Pager is { } pager => Paged(model, PagerUpdate.Take(pager, sought)),
        PagerCounted counted when model.Ui.Pager is { } pager =>
            model with { Ui = model.Ui with { Pager = PagerUpdate.Take(pager, counted) } },
        LogsListed listed when model.Ui.Pager is { } pager => Paged(model, PagerUpdate.Take(pager, listed, model)),
        CommitCompared compared => Review.Take(model, compared),
        EventLogFound found => Opening.Found(model, found),
        _ => model,
    };

    /// <summary>The result of a message in the box that asks: where it is closed nothing is over the panes.</summary>
    public static Step Answer(AppModel model, ConfirmStep step)
    {
        var ui = model.Ui;
        var overlay = step.State is null && ui.Overlay == Overlay.Confirm ? Overlay.None : ui.Overlay;
        ui = ui with { Confirm = step.State, Overlay = overlay, Toast = step.Toast ?? ui.Toast, Prompt = step.Prompt ?? ui.Prompt };
        return new(model with { Ui = ui }, step.Effect);
    }

    private static ConfirmState? Asking(AppModel model) => model.Ui.Context == KeyContext.Confirm ? model.Ui.Confirm : null;

    private static AppModel Marked(AppModel model) =>
        model with { Ui = model.Ui with { Runs = RunsUpdate.Follow(model.Ui.Runs, run => model.Find(run) is not null) } };

    private static AppModel Followed(AppModel model) =>
        model with { Ui = model.Ui with { Confirm = ConfirmUpdate.Follow(model, model.Ui.Confirm) } };

    /// <summary>The timeline shows the moment that is gone to, and not what was looked at in another one.</summary>
    private static AppModel Moved(AppModel model, ReplayCommand command)
    {
        var moved = ReplayUpdate.Moves(command)
            ? model with { Ui = model.Ui with { Timeline = TimelineUpdate.ShowEnd(model.Ui.Timeline) } }
            : model;
        return model.Replay is { } state && ReplayUpdate.WhyNothing(state, command) is { } why ? moved.Say(why) : moved;
    }

    /// <summary>Another recording is another set of runs: nothing that was chosen in the one before means anything in it.</summary>
    private static AppModel Replayed(AppModel model, ReplayChanged changed)
    {
        var ui = model.Ui;
        if (model.Replay is { } before && (before.Index, before.Recording) != (changed.State.Index, changed.State.Recording))
        {
            ui = ui with
            {
                Overlay = ui.Overlay == Overlay.Help ? ui.Overlay : Overlay.None,
                Pager = null,
                Confirm = null,
                Runs = RunsUpdate.ClearMarks(ui.Runs) with { Selected = null, Held = null },
                Timeline = TimelineUpdate.ShowEnd(ui.Timeline) with { Search = null, Lines = null },
                Detail = DetailUpdate.ShowTop(ui.Detail),
            };
        }

        var next = Followed(model with { Fleet = changed.Fleet, Replay = changed.State, Ui = ui });
        return model.Replay?.IsTour == true && !changed.State.IsTour
            ? next.Say("the tour has ended; :replay opens another recording")
            : next;
    }

    /// <summary>That the clock was set, or the host paused, is said once.</summary>
    private static AppModel Shifted(AppModel model, FleetModel fleet)
    {
        if (fleet.Clock.Newest is not { } shift || shift == model.Fleet.Clock.Newest)
        {
            return model;
        }

        var by = Ages.Long(shift.Back.Duration());
        return model.Say(shift.Back > TimeSpan.Zero
            ? $"this host's clock was set back by {by}; ages are not affected"
            : $"this host was paused for {by}, or its clock was set forward");
    }

    private static AppModel Tick(AppModel model)
    {
        var ui = model.Ui;
        var toast = ui.Toast is { } shown && model.Steady >= shown.Until ? null : ui.Toast;
        return model with { Ui = ui with { Toast = toast, Runs = RunsUpdate.Tick(ui.Runs, model.Steady) } };
    }

    private static Step Ask(AppModel model, ActionId action)
    {
        // What moves the recording leaves the screen as it is: the same moment looks the same, from wherever one comes to it.
        if (model is { IsPast: true, Replay: { } past, Ui.Overlay: Overlay.None } && action == ActionId.ReplayEnd && past.IsAtEnd)
        {
            return new(model, new Leave());
        }

        if (model.Replay is not null && model.Ui.Overlay != Overlay.Confirm && ReplayUpdate.Command(action) is { } command)
        {
            var answered = model with { Ui = model.Ui with { Toast = null, Pending = KeySequence.None } };
            return new(Moved(answered, command), new Transport(command));
        }

        model = Touched(model);
        if (Availability.WhyNot(model, action) is { } reason)
        {
            return model.Say(reason);
        }

        var ui = model.Ui;
        if (Bindings.For(action).Context == KeyContext.Prompt)
        {
            return PromptUpdater.Ask(model, action);
        }

        if (action == ActionId.ReadFirst && ui.Confirm is { PressedAt: null } undecided)
        {
            return Review.Open(model, undecided);
        }

        if (Bindings.For(action).Context == KeyContext.Confirm)
        {
            var (visible, count) = (model.Layout.Box?.Visible ?? 0, model.Layout.Box?.Count ?? 0);
            return ui.Confirm is { } confirm ? Answer(model, ConfirmUpdate.Ask(model, confirm, action, visible, count)) : model;
        }

        return (action, ui.Overlay) switch
        {
            (ActionId.Quit, Overlay.None) => new(model, new Leave()),
            (ActionId.Suspend, _) => new(model, new GoToShell()),
            (ActionId.Redraw, _) => new(model, new PaintAnew()),
            (ActionId.NextTheme, _) => NextTheme(model),
            (ActionId.Palette, _) => model with { Ui = ui with { Prompt = PromptState.Palette() } },
            (ActionId.ApproveRun or ActionId.RejectRun or ActionId.CancelRun, not Overlay.Confirm) =>
                OpenConfirm(model, action),
            (_, Overlay.Confirm) => model,
            (_, Overlay.Help) => InHelp(model, action),
            (_, Overlay.Describe) => ui.Describe is { } describe ? InDescription(model, describe, action) : model,
            (_, Overlay.Pager) => ui.Pager is { } pager ? InPager(model, pager, action) : model,
            _ => PaneMoves.Ask(model, action),
        };
    }

    /// <summary>
    /// Until the first key the screen shows what is most urgent; from then on what it shows stays under the operator's hand, and
    /// for a moment after each key in the run list its order does too.
    /// </summary>
    internal static AppModel Touched(AppModel model)
    {
        var ui = model.Ui with { Toast = null, Pending = KeySequence.None, QuietAt = model.Steady + Quiet };
        if (ui.Runs.Selected is null && model.Chosen is { } chosen)
        {
            ui = ui with { Runs = ui.Runs with { Selected = chosen } };
        }
        else if (ui.Prompt is null)
        {
            // While the filter is typed it may be left again, and then the run is the one of before.
            ui = PaneMoves.SelectShown(model with { Ui = ui });
        }

        return model with { Ui = ui.Focus != PaneId.Runs ? ui : ui with { Runs = RunsUpdate.Hold(ui.Runs, model.Lists, model.Steady) } };
    }

    private static Step NextTheme(AppModel model)
    {
        var names = model.ThemeNames.ToList();
        return names.Count == 0 ? model : new Step(model, new TakeTheme(names[(names.IndexOf(model.Theme.Name) + 1) % names.Count]));
    }

    private static Step OpenConfirm(AppModel model, ActionId action)
    {
        if (model.Target is not { } loop)
        {
            return model;
        }

        var opened = ConfirmUpdate.Open(model, loop, action);
        var ui = model.Ui with { Overlay = Overlay.Confirm, Confirm = opened.State, Pager = null, Prompt = opened.Prompt };
        var asked = model with { Ui = ui };
        return MarkedRuns.Of(model).Count > 1
            ? asked.Say($"{Bindings.For(action).Label} is for one run at a time: this is {model.NameOf(loop)}")
            : asked;
    }

    private static Step InHelp(AppModel model, ActionId action)
    {
        var ui = model.Ui;
        return action == ActionId.Filter ? model with { Ui = ui with { Prompt = PromptState.Help(ui.Help.Search) } }
            : action == ActionId.Back && ui.Help.Search.Length > 0 ? model with { Ui = ui with { Help = new() } }
            : action is ActionId.Help or ActionId.Back or ActionId.Quit
            // Back to the text that it was opened over.
            ? model with { Ui = ui with { Overlay = ui.Pager is null ? Overlay.None : Overlay.Pager } }
            : model.Layout.Box is { } box ? model with { Ui = ui with { Help = HelpUpdate.Move(ui.Help, action, box.Visible, box.Count) } }
            : model;
    }

    /// <summary>A key that the box names does on the panes what it says there.</summary>
    private static Step InDescription(AppModel model, DescribeState describe, ActionId action)
    {
        var ui = model.Ui;
        var closed = model with { Ui = ui with { Overlay = Overlay.None, Describe = null } };
        return action is ActionId.Describe or ActionId.Back or ActionId.Quit ? closed
            : model.Layout.Box is { } box && DescribeUpdate.Move(describe, action, box.Visible, box.Count) is { } moved
                ? model with { Ui = ui with { Describe = moved } }
            : action == ActionId.Copy && Opening.Command(model, describe) is { } command ? new Step(model, command)
            : PaneMoves.Ask(closed, action);
    }

    private static Step InPager(AppModel model, PagerState pager, ActionId action)
    {
        var ui = model.Ui;
        return action switch
        {
            ActionId.Back when pager.Search is not null => model with { Ui = ui with { Pager = pager with { Search = null } } },
            ActionId.Back or ActionId.Quit => Review.Close(model),
            ActionId.SearchText => model with { Ui = ui with { Prompt = PromptState.Search() } },
            ActionId.Help => model with { Ui = ui with { Overlay = Overlay.Help, Help = new() } },
            ActionId.Copy => Opening.Copy(model),
            ActionId.OpenInPager => Opening.InPager(model),
            _ => Paged(model, PagerUpdate.Ask(pager, action, model.Layout.Box?.Visible ?? 0, model.Steady)),
        };
    }

    private static AppModel Paged(AppModel model, Step<PagerState> step) =>
        (model with { Ui = model.Ui with { Pager = step.State } }).With(step.Toast);
}
