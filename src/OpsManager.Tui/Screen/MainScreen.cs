using System.Drawing;
using OpsManager.Sources.Local;
using OpsManager.Tui.Keys;
using OpsManager.Tui.Panes;
using OpsManager.Tui.State;
using OpsManager.Tui.Themes;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace OpsManager.Tui.Screen;

/// <summary>
/// The screen: takes messages, keeps the model, and hands each view what it draws. All on the UI thread. Keys become messages
/// here, through the keymap, before any view sees them.
/// </summary>
public sealed class MainScreen : Runnable
{
    private readonly IEventText lines;
    private readonly Action quit;
    private readonly Theme theme;
    private readonly Dictionary<PaneId, PaneView> panes;
    private readonly BarView header;
    private readonly BarView hints;
    private readonly RuleView rule;
    private readonly HelpView help;
    private readonly NoticeView tooSmall;
    private AppModel model;

    public MainScreen(AppModel start, IEventText lines, Theme theme, Action quit)
    {
        (model, this.lines, this.theme, this.quit) = (start, lines, theme, quit);
        Width = Dim.Fill();
        Height = Dim.Fill();
        Border.Settings &= ~BorderSettings.TerminalTitle;
        panes = Enum.GetValues<PaneId>().ToDictionary(static pane => pane, _ => new PaneView(Theme));
        header = new BarView(Theme, StyleRole.Header);
        hints = new BarView(Theme, StyleRole.KeyLabel);
        rule = new RuleView(Theme);
        help = new HelpView(Theme);
        tooSmall = new NoticeView(Theme, $"too small · {(start.Keymap.KeysOf(ActionId.Quit) is [var key, ..] ? key : "Ctrl+C")} quits");
        Add(header, hints, rule);
        Add([.. panes.Values]);
        Add(help, tooSmall);
        FrameChanged += (_, _) => Take(new Resized(Frame.Size));
    }

    /// <summary>What is shown now.</summary>
    public AppModel Model => model;

    /// <summary>Takes a message and shows what came of it.</summary>
    public void Take(Message message)
    {
        model = Updater.Update(model, message);
        Show();
    }

    /// <summary>Turns a key into a message. Every key is ours: none may reach a default of the library.</summary>
    public void Press(Key key)
    {
        var asked = model.Keymap.Find(KeyContext.Screen, KeySequence.None.Then(key)).Action;
        // Suspending is the terminal's business: the key goes on to it.
        key.Handled = asked != ActionId.Suspend;
        if (asked is not { } action || action == ActionId.Suspend)
        {
            return;
        }

        if (action == ActionId.Quit)
        {
            quit();
        }
        else if (!ScreenLayout.Of(model.Ui).TooSmall)
        {
            Take(new Asked(action));
        }
    }

    private Theme Theme() => theme;

    private void Show()
    {
        var layout = ScreenLayout.Of(model.Ui);
        Place(tooSmall, layout.TooSmall ? new Rectangle(Point.Empty, model.Ui.Size) : null);
        Place(header, layout.TooSmall ? null : layout.Header);
        Place(hints, layout.TooSmall ? null : layout.Hints);
        Place(rule, layout.Rule);
        Place(help, model.Ui.HelpOpen && !layout.TooSmall ? HelpBox.Area(model.Ui.Size) : null);
        foreach (var (id, view) in panes)
        {
            Place(view, layout.Panes.TryGetValue(id, out var area) ? area : null);
            if (view.Visible)
            {
                view.Show(Compose(id, area.Width, Math.Max(0, area.Height - 1)), id == model.Ui.Focus);
            }
        }

        if (layout.TooSmall)
        {
            return;
        }

        var (left, right) = HeaderBar.Compose(model, layout.Header.Width);
        header.Show(left, right);
        hints.Show(HintBar.Compose(model), Content.Row.Blank);
        if (help.Visible)
        {
            help.Show(HelpBox.Compose(model));
        }
    }

    private Content.PaneContent Compose(PaneId pane, int width, int height) => pane switch
    {
        PaneId.Runs => RunsPane.Compose(model, width, height),
        PaneId.Timeline => TimelinePane.Compose(model, lines, width, height),
        PaneId.Detail => DetailPane.Compose(model, width, height),
        _ => AlertsPane.Compose(model, width, height),
    };

    private static void Place(View view, Rectangle? area)
    {
        view.Visible = area is not null;
        if (area is { } at && view.Frame != at)
        {
            (view.X, view.Y, view.Width, view.Height) = (at.X, at.Y, at.Width, at.Height);
        }
    }
}
