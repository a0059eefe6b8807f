using System.Text;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.App;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.Testing;
using Terminal.Gui.Time;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal;

/// <summary>A screen without a terminal and without real time: our loop and output on a <see cref="MemoryPort"/>.</summary>
internal sealed class TestScreen : IDisposable
{
    private readonly VirtualTimeProvider libraryTime = new();
    private readonly FakeTimeProvider time = new();
    private readonly SynchronizationContext? before = SynchronizationContext.Current;
    private readonly TerminalGuard guard;
    private SessionToken? session;

    public TestScreen(int columns = 80, int rows = 24, ColorDepth depth = ColorDepth.True)
    {
        Port.Size = new System.Drawing.Size(columns, rows);
        Output = new DiffOutput(Port, depth);
        Made = ApplicationFactory.Create(() => new AnsiInput(), Output, time: libraryTime);
        Assert.Equal(TerminalMode.Own, Made.Mode);
        Loop = new UiLoop(App, time: time);
        guard = new TerminalGuard(Port, descriptor: -1);
        Host = new TerminalHost(Made, Loop, new TerminalOptions { Depth = depth }, bytes => Output.WriteOwn(bytes), guard, null);
    }

    public MemoryPort Port { get; } = new();

    public DiffOutput Output { get; }

    public TerminalApplication Made { get; }

    public IApplication App => Made.Application;

    public UiLoop Loop { get; }

    public TerminalHost Host { get; }

    /// <summary>What the buffer holds, one string a row.</summary>
    public string[] Lines => App.Driver!.ToString()!.Split(Environment.NewLine);

    /// <summary>The text, and under it which style each cell has: a letter for each, with a legend.</summary>
    public string Styled
    {
        get
        {
            var styles = new List<string>();
            var map = new StringBuilder();
            var cells = App.Driver!.Contents!;
            for (var row = 0; row < cells.GetLength(0); row++)
            {
                for (var column = 0; column < cells.GetLength(1); column++)
                {
                    var style = Describe(cells[row, column].Attribute!.Value);
                    if (!styles.Contains(style))
                    {
                        styles.Add(style);
                    }

                    map.Append((char)('a' + styles.IndexOf(style)));
                }

                map.Append('\n');
            }

            var legend = string.Join('\n', styles.Select(static (style, i) => $"{(char)('a' + i)} {style}"));
            return $"{string.Join('\n', Lines.Select(static line => line.TrimEnd()))}\n\n{map}\n{legend}";
        }
    }

    private static string Describe(global::Terminal.Gui.Drawing.Attribute style) =>
        $"{Name(style.Foreground)} on {Name(style.Background)}"
            + $"{(style.Style == global::Terminal.Gui.Drawing.TextStyle.None ? "" : $" {style.Style}")}";

    private static string Name(global::Terminal.Gui.Drawing.Color color) =>
        color == global::Terminal.Gui.Drawing.Color.None ? "default" : color.ToString();

    /// <summary>Shows <paramref name="root"/> and draws it.</summary>
    public TestScreen Show(IRunnable root)
    {
        session = App.Begin(root);
        // Begin leaves its own context behind, on which an async test would wait for ever.
        SynchronizationContext.SetSynchronizationContext(before);
        Loop.Turn();
        return this;
    }

    /// <summary>Text, key by key.</summary>
    public TestScreen Type(string text) => Press([.. text.Select(static letter => letter == ' ' ? Key.Space : new Key(letter))]);

    /// <summary>Presses keys one after the other, with a turn after each.</summary>
    public TestScreen Press(params Key[] keys)
    {
        foreach (var key in keys)
        {
            App.InjectKey(key);
            Loop.NoteInput();
            Loop.Turn();
        }

        return this;
    }

    /// <summary>Lets characters arrive as a terminal sends them, and does a turn.</summary>
    public TestScreen Receive(string characters)
    {
        var queue = ((AnsiInputProcessor)App.Driver!.GetInputProcessor()).InputQueue;
        foreach (var character in characters)
        {
            queue.Enqueue(character);
        }

        Loop.NoteInput();
        Loop.Turn();
        return this;
    }

    /// <summary>Lets time pass, and does a turn.</summary>
    public TestScreen Wait(int milliseconds)
    {
        Pass(milliseconds);
        Loop.Turn();
        return this;
    }

    /// <summary>Lets time pass without a turn.</summary>
    public void Pass(int milliseconds)
    {
        libraryTime.Advance(TimeSpan.FromMilliseconds(milliseconds));
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));
    }

    public void Dispose()
    {
        if (session is { Runnable: not null })
        {
            App.End(session);
        }

        guard.Dispose();
        Loop.Dispose();
        App.Dispose();
        SynchronizationContext.SetSynchronizationContext(before);
    }
}
