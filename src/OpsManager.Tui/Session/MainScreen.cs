using System.Drawing;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Tui.Alerts;
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
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Input;
using OpsManager.Tui.Text;
using OpsManager.Tui.Themes;
using OpsManager.Tui.Timeline;
using OpsManager.Tui.Widgets;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace OpsManager.Tui.Session;

/// <summary>
/// The screen: takes messages, keeps the model, and hands each view what it draws. All on the UI thread. Keys become messages
/// here, through the keymap, before any view sees them.
/// </summary>
internal sealed class MainScreen : Runnable
{
    private readonly ScreenPorts ports;
    private readonly Effects effects;
    private readonly VisibleReads reads;
    private readonly Dictionary<PaneId, PaneView> panes;
    private readonly BarView header;
    private readonly BarView scrub;
    private readonly BarView[] caption;
    private readonly BarView banner;
    private readonly BarView hints;
    private readonly RuleView rule;
    private readonly BoxView box;
    private readonly BoxView choices;
    private readonly NoticeView tooSmall;
    private AppModel model;
    private ScreenTheme? themed;

    public MainScreen(AppModel start, ScreenPorts ports)
    {
        (model, this.ports) = (start, ports);
        effects = new Effects(ports, Take);
        reads = new VisibleReads(ports, Take);
        Width = Dim.Fill();
        Height = Dim.Fill();
        Border.Settings &= ~BorderSettings.TerminalTitle;
        panes = Enum.GetValues<PaneId>().ToDictionary(static pane => pane, _ => new PaneView(Theme));
        header = new BarView(Theme, StyleRole.Header);
        scrub = new BarView(Theme, StyleRole.Text);
        caption = [new BarView(Theme, StyleRole.Text), new BarView(Theme, StyleRole.Text)];
        banner = new BarView(Theme, StyleRole.HeaderAlert);
        hints = new BarView(Theme, StyleRole.KeyLabel);
        rule = new RuleView(Theme);
        box = new BoxView(Theme);
        choices = new BoxView(Theme);
        tooSmall = new NoticeView(Theme, $"too small · {(start.Keymap.KeysOf(ActionId.Quit) is [var key, ..] ? key : "Ctrl+C")} quits");
        Add([header, scrub, .. caption, banner, hints, rule]);
        Add([.. panes.Values]);
        Add(box, choices, tooSmall);
        FrameChanged += (_, _) => Take(new Resized(Frame.Size));
    }

    /// <summary>What is shown now.</summary>
    public AppModel Model => model;

    /// <summary>Updates the model by a message, draws it, and carries out its effect.</summary>
    public void Take(Message message)
    {
        var effect = Advance(message);
        reads.Search(model);
        Show();
        if (effect is not null)
        {
            effects.Run(effect, model);
        }
    }

    /// <summary>Takes a message, and with it what the next model needs to be drawn: no picture shows a gap.</summary>
    private Effect? Advance(Message message)
    {
        var step = Updater.Update(model with { Uptime = ports.Terminal.Uptime() }, message);
        model = step.Model;
        foreach (var read in reads.Read(model, message))
        {
            Advance(read);
        }

        if (message is ClockTicked && effects.ChangedTheme(model) is { } changed)
        {
            Advance(changed);
        }

        return step.Effect;
    }

    /// <summary>Turns a key into a message. Every key is ours: none may reach a default of the library.</summary>
    public void Press(Key key)
    {
        key.Handled = true;
        var isTooSmall = model.Layout.TooSmall;
        var context = isTooSmall ? KeyContext.Screen : model.Ui.Context;
        var pressed = model.Ui.Pending.Then(TerminalKey.Read(key));
        var match = KeyFinder.Find(model, context, pressed);
        if (isTooSmall)
        {
            if (match.Action == ActionId.Quit)
            {
                ports.Terminal.Quit();
            }
        }
        else if (match.Action is { } action)
        {
            effects.TakeOver(model);
            Take(new Asked(action));
        }
        else if (match.IsBeginning)
        {
            Take(new KeysPending(pressed));
        }
        else if (model.Ui.Pending.Keys.Count > 0)
        {
            Take(new KeysPending(KeySequence.None));
        }
        else if (KeyFinder.TakesText(context) && TextOf(key) is { } text)
        {
            Take(new Typed(text));
        }
        else if (KeyFinder.TakesText(context)
            && model.Keymap.Find(KeyContext.Screen, pressed).Action is ActionId.Suspend or ActionId.Redraw)
        {
            Take(new Asked(model.Keymap.Find(KeyContext.Screen, pressed).Action!.Value));
        }
        else if (context == KeyContext.Confirm)
        {
            Take(new UnexpectedInput());
        }
    }

    /// <summary>Turns what the mouse did into a message.</summary>
    public void Use(MouseReport report)
    {
        effects.TakeOver(model);
        Take(new MousePressed(report.Row, report.Column, report.Kind));
    }

    /// <summary>Text that was pasted goes where text is typed, and nowhere else: it never asks for anything.</summary>
    public void Paste(string text)
    {
        if (model.Layout.TooSmall)
        {
            return;
        }

        if (model.Ui.Prompt is not null)
        {
            Take(new Typed(text));
        }
        else if (model.Ui.Context == KeyContext.Confirm)
        {
            Take(new UnexpectedInput());
        }
    }

    /// <summary>
    /// Nothing needs to be blanked where views cover every cell, nor before there was anything to show: the library measures each blank.
    /// </summary>
    protected override bool OnClearingViewport() => themed is null
        || SubViews.Where(view => view.Visible && view != box && view != choices).Sum(static view => view.Frame.Width * view.Frame.Height)
            == Frame.Width * Frame.Height;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            reads.Dispose();
            effects.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string? TextOf(Key key) => !key.IsCtrl && !key.IsAlt && key.AsRune is { Value: >= ' ' } rune ? rune.ToString() : null;

    private ScreenTheme Theme()
    {
        if (themed is null || !ReferenceEquals(themed.Source, model.Theme))
        {
            themed = new ScreenTheme(model.Theme);
        }

        return themed;
    }

    private void Show()
    {
        var ui = model.Ui;
        var layout = model.Layout;
        Place(tooSmall, layout.TooSmall ? new Rectangle(Point.Empty, ui.Size) : null);
        Place(header, layout.TooSmall ? null : layout.Header);
        Place(scrub, layout.Scrub);
        for (var row = 0; row < caption.Length; row++)
        {
            Place(caption[row], layout.Caption is { } rows && row < rows.Height ? rows with { Y = rows.Y + row, Height = 1 } : null);
        }

        Place(banner, layout.Banner);
        Place(hints, layout.TooSmall ? null : layout.Hints);
        Place(rule, layout.Rule);
        Place(box, layout.TooSmall ? null : layout.Box?.Area);
        var choicesArea = layout.TooSmall ? null : layout.ChoicesArea;
        Place(choices, choicesArea);
        foreach (var (id, view) in panes)
        {
            Place(view, layout.Panes.TryGetValue(id, out var area) ? area : null);
            if (view.Visible)
            {
                view.Show(Compose(layout, id, area.Width), id == ui.Focus, ScreenLayout.HeadingRows(id, area));
            }
        }

        if (layout.TooSmall)
        {
            return;
        }

        var (left, right) = HeaderBar.Compose(model, layout.Header.Width);
        header.Show(left, right);
        ShowReplay(layout.Header.Width);
        if (banner.Visible)
        {
            (left, right) = BannerBar.Compose(model, layout.Header.Width);
            banner.Show(left, right);
        }

        (left, right) = HintBar.Compose(model, layout.Hints.Width);
        hints.Show(left, right);
        if (choicesArea is { } at && ui.Prompt is { } prompt)
        {
            choices.Show(PaletteView.Compose(prompt, layout.Choices, at));
        }

        if (layout.Box is { } open)
        {
            box.Show(ui switch
            {
                { Overlay: Overlay.Confirm, Confirm: { } confirm } =>
                    ConfirmView.Compose(model, model.Keymap, confirm, layout.BoxRows, open.Area, open.Visible),
                { Overlay: Overlay.Describe, Describe: { } describe } =>
                    DescribeView.Compose(model, model.Keymap, describe, layout.BoxRows, open.Visible),
                { Overlay: Overlay.Pager, Pager: { } pager } =>
                    PagerView.Compose(model.Keymap, pager, model.IsLive(pager), open.Visible, Math.Max(1, open.Area.Width - 2)),
                _ => HelpView.Compose(model.Keymap, ui.Help, layout.BoxRows, open.Visible),
            });
        }
    }

    private void ShowReplay(int width)
    {
        if (model.Replay is not { } replay)
        {
            return;
        }

        scrub.Show(ScrubView.Compose(replay, model.Scrubbed, width), Row.Blank);
        foreach (var (row, text) in ReplayText.Caption(replay, width).Index())
        {
            caption[row].Show(Row.From(new Content.Span(CellText.Truncate(SafeText.Clean($" {text}"), width), StyleRole.Info)), Row.Blank);
        }
    }

    private PaneContent Compose(ScreenLayout layout, PaneId pane, int width) => pane switch
    {
        PaneId.Runs => RunsView.Compose(model, model.Keymap, model.Ui.Runs, model.Lists, width, layout.RowsOf(pane)),
        PaneId.Timeline => TimelineView.Compose(model, model.Ui.Timeline, layout.Timeline, model.CurrentSource, width),
        PaneId.Detail => DetailView.Compose(model.Ui.Detail, model.Current, layout.Detail, layout.RowsOf(pane)),
        _ => AlertsView.Compose(model, model.Ui.Alerts, width, layout.RowsOf(pane)),
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
