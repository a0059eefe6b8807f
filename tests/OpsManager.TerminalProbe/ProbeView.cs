using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.Drawing;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.TerminalProbe;

/// <summary>
/// A counter, the size, the last key and a line of hostile text. Keys: a adds one; k and d throw in the key handler and in drawing;
/// t throws on another thread; e ends by Environment.Exit(3); s blocks the UI thread; m opens a dialog; q quits with code 7.
/// </summary>
internal sealed class ProbeView : Runnable
{
    // Clears the screen, sets the title, writes the clipboard, reorders, stacks marks, starts a link, and is no valid Unicode.
    private const string Hostile =
        "hostile \e[2J\e]0;owned\a\e]52;c;b3duZWQ=\a \u009b31m \u202Eoverride \u200B\uFEFF a\u0301\u0302\u0303\u0304\u0305\u0306\u0307 "
            + "\uD800 https://example.com/x \U000E0041 end";

    private readonly TerminalHost host;
    private readonly Pane pane;

    public ProbeView(TerminalHost host)
    {
        this.host = host;
        Title = "probe \e]0;owned\a";
        Width = Dim.Fill();
        Height = Dim.Fill();
        pane = new Pane(host) { Y = 4, Width = Dim.Fill(), Height = Dim.Fill() };
        // A label of the library, which draws by its own way and throws on a lone surrogate.
        Add(new Label { Text = Hostile.Replace("\uD800", "", StringComparison.Ordinal), Width = Dim.Fill(), Height = 1 });
        Add(new FrameView { Title = "frame", Y = 1, Width = 20, Height = 3 });
        Add(pane);
        host.SetTitle("terminal probe");
        // Esc is bound to quitting by the library.
        host.Application.Keyboard.KeyBindings.Remove(Key.Esc);
        host.Application.Keyboard.KeyDown += (_, key) => key.Handled |= Handle(key);
    }

    private bool Handle(Key key)
    {
        pane.LastKey = key.ToString();
        pane.SetNeedsDraw();
        if (key == Key.A)
        {
            pane.Count++;
        }
        else if (key == Key.K)
        {
            throw new InvalidOperationException("thrown in a key handler");
        }
        else if (key == Key.D)
        {
            pane.FailNextDraw = true;
        }
        else if (key == Key.T)
        {
            new Thread(() => throw new InvalidOperationException("thrown on a thread")).Start();
        }
        else if (key == Key.E)
        {
            Environment.Exit(3);
        }
        else if (key == Key.S)
        {
            Thread.Sleep(TimeSpan.FromMinutes(1));
        }
        else if (key == Key.M)
        {
            host.Loop.Post(OpenDialog);
        }
        else if (key == Key.Q)
        {
            host.Quit(7);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void OpenDialog()
    {
        using var dialog = new Dialog { Title = "dialog", Width = 30, Height = 6, ShadowStyle = ShadowStyles.None };
        dialog.AddButton(new Button { Text = "_Close", ShadowStyle = ShadowStyles.None });
        host.RunModal(dialog);
    }

    private sealed class Pane(TerminalHost host) : View
    {
        private static readonly Attribute Normal = new(new Color(200, 210, 220), new Color(10, 20, 30));
        private static readonly Attribute Strong = new(new Color(255, 180, 60), new Color(10, 20, 30), TextStyle.Bold);

        public int Count { get; set; }

        public string LastKey { get; set; } = "none";

        public bool FailNextDraw { get; set; }

        protected override bool OnClearingViewport() => true;

        protected override bool OnDrawingContent(DrawContext? context)
        {
            if (FailNextDraw)
            {
                throw new InvalidOperationException("thrown in drawing");
            }

            var surface = new CellSurface(this);
            surface.PutRow(0, $"count {Count}", Strong);
            surface.PutRow(
                1, $"size {host.Application.Screen.Width}x{host.Application.Screen.Height} mode {host.Mode} {host.FallbackReason}",
                Normal);
            surface.PutRow(2, $"key {LastKey}", Normal);
            surface.PutRow(3, Hostile, Normal);
            surface.PutRow(4, "wide 你好 😀 👨‍👩‍👧 é", Normal);
            surface.Part(0, 5, surface.Width, surface.Height - 5).Clear(Normal);
            return true;
        }
    }
}
