using Microsoft.Extensions.Time.Testing;
using OpsManager.Tui.Terminal;
using Terminal.Gui.App;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.Testing;
using Terminal.Gui.Time;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal;

/// <summary>A screen without a terminal and without real time: our loop and output on a <see cref="MemoryPort"/>.</summary>
public sealed class TestScreen : IDisposable
{
    private readonly VirtualTimeProvider libraryTime = new();
    private readonly FakeTimeProvider time = new();
    private readonly SynchronizationContext? before = SynchronizationContext.Current;
    private SessionToken? session;

    public TestScreen(int columns = 80, int rows = 24, ColorDepth depth = ColorDepth.True)
    {
        Port.Size = new System.Drawing.Size(columns, rows);
        Output = new DiffOutput(Port, depth);
        Made = ApplicationFactory.Create(() => new AnsiInput(), Output, time: libraryTime);
        Assert.Equal(TerminalMode.Own, Made.Mode);
        Loop = new UiLoop(App, time: time);
        Host = new TerminalHost(Made, Loop, new TerminalOptions { Depth = depth }, bytes => Output.WriteOwn(bytes));
    }

    public MemoryPort Port { get; } = new();

    public DiffOutput Output { get; }

    public TerminalApplication Made { get; }

    public IApplication App => Made.Application;

    public UiLoop Loop { get; }

    public TerminalHost Host { get; }

    /// <summary>What the buffer holds, one string a row.</summary>
    public string[] Lines => App.Driver!.ToString()!.Split(Environment.NewLine);

    /// <summary>Shows <paramref name="root"/> and draws it.</summary>
    public TestScreen Show(IRunnable root)
    {
        session = App.Begin(root);
        // Begin leaves its own context behind, on which an async test would wait for ever.
        SynchronizationContext.SetSynchronizationContext(before);
        Loop.Turn();
        return this;
    }

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

        Loop.Dispose();
        App.Dispose();
        SynchronizationContext.SetSynchronizationContext(before);
    }
}
