using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.State;

/// <summary>The one way in which the screen's state changes: a model and a message in, the next model out. Pure.</summary>
public static class Updater
{
    private static readonly TimeSpan HoldsOrder = TimeSpan.FromSeconds(3);

    /// <summary>The model comes with its layout. Text that was read changes no size.</summary>
    public static Step Update(AppModel model, Message message)
    {
        if (message is LinesRead read)
        {
            return model with { Lines = read.Lines };
        }

        var step = Change(model, message);
        return step with { Model = LayoutPhase.Run(step.Model) };
    }

    /// <summary>What a message changes, before anything is laid out.</summary>
    public static Step Change(AppModel model, Message message) => message switch
    {
        FleetChanged changed => ConfirmUpdater.Follow(Shifted(model, changed.Fleet) with { Fleet = changed.Fleet }),
        SpritesChanged changed => model with { Sprites = changed.Sprites, IsFleet = true },
        ClockTicked ticked => Tick(model with { Clock = ticked.Now, Steady = ticked.Steady ?? ticked.Now }),
        Resized resized => model with { Ui = model.Ui with { Size = resized.Size } },
        Asked asked => Ask(model, asked.Action),
        KeysPending pending => model with { Ui = model.Ui with { Pending = pending.Pressed, Toast = null } },
        Typed typed when model.Ui.Context == KeyContext.Confirm => ConfirmUpdater.Type(model, typed.Text),
        Strayed when model.Ui.Context == KeyContext.Confirm => ConfirmUpdater.Stray(model),
        SendDue due => ConfirmUpdater.Due(model, due),
        IntentSent sent => ConfirmUpdater.Began(model, sent),
        IntentWaits waits => ConfirmUpdater.Waits(model, waits),
        IntentEnded ended => ConfirmUpdater.Ended(model, ended),
        Typed typed => PromptUpdater.Edit(model, prompt => prompt.Insert(typed.Text)),
        RunChosen chosen => Chosen(model, chosen.Run),
        SortChosen chosen => model with { Ui = model.Ui with { Sort = chosen.Sort, Held = null } },
        StageChosen chosen => Staging.Ask(model, chosen.Stage),
        ThemeChosen chosen => new(model, new TakeTheme(chosen.Name)),
        ThemeTaken taken => model with { Theme = taken.Theme, Ui = model.Ui with { Toast = Toast.Note($"theme {taken.Theme.Name}", model.Steady) } },
        Told told => model with { Ui = model.Ui with { Toast = told.IsFault ? Toast.Fault(told.Text, model.Steady) : Toast.Note(told.Text, model.Steady) } },
        SearchAdvanced advanced => model with { Search = advanced.Search },
        FilesListed listed => model with { Files = listed },
        PagerRead read when model.Ui.Pager is { } pager && read.Path == pager.Path => model with { Ui = model.Ui with { Pager = pager with { Text = read.Text } } },
        _ => model,
    };

    /// <summary>That the clock was set, or the host paused, is said once.</summary>
    private static AppModel Shifted(AppModel model, FleetModel fleet)
    {
        if (fleet.Clock.Newest is not { } shift || shift == model.Fleet.Clock.Newest)
        {
            return model;
        }

        var by = Ages.Long(shift.Back.Duration());
        var text = shift.Back > TimeSpan.Zero
            ? $"the host's clock was set back by {by}: ages go on as if it had not been"
            : $"the host was paused for {by}, or its clock was set forward";
        return model with { Ui = model.Ui with { Toast = Toast.Note(text, model.Steady) } };
    }

    private static AppModel Tick(AppModel model)
    {
        var ui = model.Ui;
        return model with
        {
            Ui = ui with
            {
                Toast = ui.Toast is { } toast && model.Steady >= toast.Until ? null : ui.Toast,
                Held = ui.Held is { } held && model.Steady >= held.Until ? null : ui.Held,
            },
        };
    }

    private static AppModel Chosen(AppModel model, LoopKey run) =>
        model.Fleet.Loop(run.Repo, run.Loop) is null ? model : model with { Ui = PaneMoves.ShowRun(model, run) };

    private static Step Ask(AppModel model, ActionId action)
    {
        model = Touched(model);
        if (Availability.WhyNot(model, action) is { } reason)
        {
            return model with { Ui = model.Ui with { Toast = Toast.Note(reason, model.Steady) } };
        }

        var ui = model.Ui;
        if (Bindings.Of(action).Context == KeyContext.Prompt)
        {
            return PromptUpdater.Ask(model, action);
        }

        if (Bindings.Of(action).Context == KeyContext.Confirm)
        {
            return ui.Confirm is null ? model : ConfirmUpdater.Ask(model, action);
        }

        return (action, ui.Overlay) switch
        {
            (ActionId.Quit, Overlay.None) => new(model, new Leave()),
            (ActionId.Suspend, _) => new(model, new GoToShell()),
            (ActionId.Redraw, _) => new(model, new PaintAnew()),
            (ActionId.NextTheme, _) => NextTheme(model),
            (ActionId.Palette, _) => model with { Ui = ui with { Prompt = PromptState.Palette() } },
            (ActionId.ApproveRun or ActionId.RejectRun or ActionId.CancelRun, Overlay.None or Overlay.Pager or Overlay.Help) => ConfirmUpdater.Open(model, action),
            (_, Overlay.Confirm) => model,
            (_, Overlay.Help) => OverlayUpdater.Help(model, action),
            (_, Overlay.Pager) => OverlayUpdater.Pager(model, action),
            _ => OnPanes(model, action),
        };
    }

    /// <summary>
    /// Until the first key the screen shows what is most urgent; from then on what it shows stays under the operator's hand, and
    /// for a moment after each key in the run list its order does too.
    /// </summary>
    private static AppModel Touched(AppModel model)
    {
        var ui = model.Ui with { Toast = null, Pending = KeySequence.None };
        if (ui.Selected is null && model.Chosen is { } chosen)
        {
            ui = ui with { Selected = chosen };
        }
        else if (ui.Prompt is null)
        {
            // While the filter is typed it may be left again, and then the run is the one of before.
            ui = PaneMoves.SelectShown(model with { Ui = ui });
        }

        return model with { Ui = ui.Focus != PaneId.Runs ? ui : ui with { Held = new([.. model.AllRuns.Select(LoopKey.Of)], model.Steady + HoldsOrder) } };
    }

    private static Step NextTheme(AppModel model)
    {
        var names = model.ThemeNames;
        return names.Count == 0 ? model : new Step(model, new TakeTheme(names[(names.ToList().IndexOf(model.Theme.Name) + 1) % names.Count]));
    }

    private static Step OnPanes(AppModel model, ActionId action)
    {
        var ui = model.Ui;
        return action switch
        {
            ActionId.NextPane => On(model, ui with { Focus = Turn(ui.Focus, 1) }),
            ActionId.PreviousPane => On(model, ui with { Focus = Turn(ui.Focus, -1) }),
            ActionId.ShowRuns => On(model, ui with { Focus = PaneId.Runs }),
            ActionId.ShowTimeline => On(model, ui with { Focus = PaneId.Timeline }),
            ActionId.ShowDetail => On(model, ui with { Focus = PaneId.Detail }),
            ActionId.ShowAlerts => On(model, ui with { Focus = PaneId.Alerts }),
            ActionId.Zoom => On(model, ui with { Zoomed = !ui.Zoomed }),
            ActionId.Back => On(model, Back(ui)),
            ActionId.Help => On(model, ui with { Overlay = Overlay.Help, HelpTop = 0 }),
            ActionId.PreviousTab => On(model, ShowTab(ui, Turn(ui.Tab, -1))),
            ActionId.NextTab => On(model, ShowTab(ui, Turn(ui.Tab, 1))),
            ActionId.ScrollLeft when ui.Focus == PaneId.Detail => On(model, ShowTab(ui, Turn(ui.Tab, -1))),
            ActionId.ScrollRight when ui.Focus == PaneId.Detail => On(model, ShowTab(ui, Turn(ui.Tab, 1))),
            >= ActionId.ShowWhy and <= ActionId.ShowFiles => On(model, ShowTab(ui, (DetailTab)(action - ActionId.ShowWhy))),
            ActionId.Sort => Sorted(model),
            ActionId.Filter when ui.Focus == PaneId.Runs => On(model, ui with { Prompt = PromptState.Runs(ui.RunFilter) }),
            ActionId.Filter => On(model, ui with { Prompt = PromptState.Filter(ui.Filter) }),
            ActionId.TimeFormat => On(model, ui with { Times = Turn(ui.Times, 1) }),
            ActionId.ToggleContext => On(model, ui with { ShowsContext = !ui.ShowsContext }),
            ActionId.Open => Opening.Open(model),
            ActionId.OpenInPager => Opening.InPager(model),
            ActionId.Copy => Opening.Copy(model),
            ActionId.Acknowledge => Reviewing.Next(model) is { } next ? On(model, ui with { Prompt = PromptState.Acknowledge(next) }) : model,
            ActionId.ShowIncident => Rearming.ShowNote(model),
            ActionId.Rearm => Rearming.Ask(model),
            ActionId.Wake => new Step(model, new WakeSprite(model.CurrentRepo!.Path)),
            ActionId.SnapshotOnly => new Step(model, new SwitchStream(!model.Fleet.SnapshotOnly)),
            _ => PaneMoves.Move(model, action),
        };
    }

    private static Step On(AppModel model, UiState ui) => model with { Ui = ui };

    private static UiState Back(UiState ui) =>
        ui.Focus == PaneId.Runs && ui.RunFilter.Length > 0 ? ui with { RunFilter = "" }
        : ui.Filter.Length > 0 ? ui with { Filter = "", ShowsContext = false }
        : ui with { Zoomed = false };

    private static UiState ShowTab(UiState ui, DetailTab tab) => ui with { Tab = tab, DetailTop = 0, Focus = PaneId.Detail };

    private static Step Sorted(AppModel model)
    {
        var sort = Turn(model.Ui.Sort, 1);
        return model with { Ui = model.Ui with { Sort = sort, Held = null, Toast = Toast.Note($"runs by {sort.ToString().ToLowerInvariant()}", model.Steady) } };
    }

    private static T Turn<T>(T value, int by)
        where T : struct, Enum
    {
        var all = Enum.GetValues<T>();
        return all[(Array.IndexOf(all, value) + by + all.Length) % all.Length];
    }
}
