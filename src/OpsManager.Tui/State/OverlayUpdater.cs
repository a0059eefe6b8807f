using OpsManager.Configuration.Keymaps;

namespace OpsManager.Tui.State;

/// <summary>Keys in what stands over the panes: help and pager.</summary>
public static class OverlayUpdater
{
    private const int ScrollStep = 16;

    public static Step Help(AppModel model, ActionId action)
    {
        var ui = model.Ui;
        return action is ActionId.Help or ActionId.Back or ActionId.Quit
            ? model with { Ui = ui with { Overlay = Overlay.None } }
            : model.Layout.Box is { } box && Move.Target(action, ui.HelpTop, box.Visible, box.Count) is { } top
                ? model with { Ui = ui with { HelpTop = top } }
                : model;
    }

    public static Step Pager(AppModel model, ActionId action)
    {
        var ui = model.Ui;
        var pager = ui.Pager!;
        return action switch
        {
            ActionId.Back or ActionId.Quit => model with { Ui = ui with { Overlay = Overlay.None, Pager = null } },
            ActionId.Help => model with { Ui = ui with { Overlay = Overlay.Help, HelpTop = 0, Pager = null } },
            ActionId.Copy => Opening.Copy(model),
            ActionId.OpenInPager => Opening.InPager(model),
            ActionId.ScrollLeft => model with { Ui = ui with { Pager = pager with { Left = Math.Max(0, pager.Left - ScrollStep) } } },
            ActionId.ScrollRight => model with { Ui = ui with { Pager = pager with { Left = pager.Left + ScrollStep } } },
            _ => model.Layout.Box is { } box && Move.Target(action, pager.Top, box.Visible, box.Count) is { } top
                ? model with { Ui = ui with { Pager = pager with { Top = top } } }
                : model,
        };
    }
}
