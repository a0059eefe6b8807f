using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Abstractions;
using System.Runtime.CompilerServices;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Notify;
using OpsManager.Configuration.Themes;
using OpsManager.Control.Act;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources.Changes;
using OpsManager.Sources.Check;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Tests.Tui.Terminal;
using OpsManager.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Session;

/// <summary>
/// The screen over a real repository with a real process and a real command. Only keys and the operator's time are made up: files
/// are watched, the command is started and its effect is seen as in the program.
/// </summary>
internal sealed class LiveScreen : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly BlockingCollection<Action> posted = [];
    private readonly OperatorTime operatorTime = new();
    private readonly ScreenComposition composition;
    private readonly TestScreen terminal;
    private readonly MainScreen screen;

    /// <param name="fault">What the command does wrong; see the test runtime.</param>
    /// <param name="mayAct">False as with --read-only.</param>
    /// <param name="isClaimed">Whether active-run.json names the run's process.</param>
    /// <param name="notify">How the operator is called; null for not at all.</param>
    public LiveScreen(
        LiveRepo repo,
        string fault = "",
        bool mayAct = true,
        TimeSpan? timeout = null,
        TimeProvider? time = null,
        bool isClaimed = true,
        FoldOptions? folding = null,
        bool snapshotOnly = false,
        NotifySettings? notify = null,
        IModelCheck? service = null)
    {
        Repo = repo;
        SetFault(fault);
        Executor = new RecordingExecutor(new ProcessExecutor(TestChildren.Create(), TimeProvider.System));
        var key = 0;
        var again = TimeSpan.FromMilliseconds(200);
        composition = new ScreenComposition(new ScreenSettings
        {
            Files = new FileSystem(),
            Sources = [LocalSource.Open(new FileSystem(), repo.Root, FollowOptions.Default)],
            Fold = folding ?? FoldOptions.Default,
            FoldAnew = FoldOptions.Default,
            Checks = new CheckSettings
            {
                Scratch = new CheckOptions { Every = again, Again = again, Idle = again },
                FindCommand = static path => new CommandFinder(new FileSystem(), static _ => null).Find(path, null),
                Service = service,
            },
            Control = mayAct
                ? new ControlSettings(
                    Executor, new ControlDeskOptions("ada", "trace", timeout ?? TimeSpan.FromSeconds(20), () => $"key-{++key}"))
                : null,
            WhyNoControl = mayAct ? null : "this screen was started with --read-only; start it without to act",
            Operator = "ada",
            Compare = static (path, cancel) =>
                new WorkingTree(GuardedFiles.Open(new FileSystem(), path), TestChildren.Create()).CompareAsync(cancel),
            SnapshotOnly = snapshotOnly,
            Time = time ?? TimeProvider.System,
            Theme = ThemeCatalog.Shipped("mono"),
            Themes = new NoThemes(),
            Keymap = KeymapCatalog.Shipped("default"),
            Notify = notify ?? new NotifySettings(NotificationForm.None, [], null),
            Say = static _ => { },
            KeepCopy = static _ => "",
        });
        terminal = new TestScreen(110, 40, ColorDepth.None);
        screen = composition.Start(
            new ScreenTerminal
            {
                Post = posted.Add,
                After = operatorTime.After,
                Uptime = () => operatorTime.Uptime,
                Quit = static () => { },
                LeaveForReplay = static _ => { },
                Suspend = static () => { },
                PaintAnew = static () => { },
                Copy = text => (Copied = text) is not null,
                RunPager = static (_, _, _) => null,
            },
            terminal.Host.Notifier(notify?.Terminal ?? NotificationForm.None, TimeProvider.System),
            null);
        terminal.App.Keyboard.KeyDown += (_, pressed) => screen.Press(pressed);
        terminal.Show(screen);
        Until(static model => model.CurrentRepo?.Command is not null);
        Until(model => model.Current is { } loop
            && loop.EventsCondition == ArtifactCondition.Present
            && (!isClaimed || loop.Claim is { IsAlive: true, Started: not null }));
    }

    public LiveRepo Repo { get; }

    public RecordingExecutor Executor { get; }

    /// <summary>The newest fault that the screen has told; null for none.</summary>
    public string? Fault { get; private set; }

    public string? Copied { get; private set; }

    /// <summary>What was sent to the terminal since the last call.</summary>
    public string TakeSent() => terminal.Port.Take();

    public AppModel Model => screen.Model;

    public string Text => string.Join('\n', terminal.Lines.Select(static line => line.TrimEnd()));

    public ControlCase? Case => Model.Current?.Cases.All.LastOrDefault();

    /// <summary>What the command does wrong from now on; empty for nothing.</summary>
    public void SetFault(string fault)
    {
        var file = Path.Combine(Repo.Root, "superloop.sh");
        File.WriteAllText(file, $"#!/bin/sh\nTEST_RUNTIME_FAULT={fault} exec {RuntimeBinary.Path} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Takes what comes from outside until the model is as wanted.</summary>
    public LiveScreen Until(Func<AppModel, bool> wanted, [CallerArgumentExpression(nameof(wanted))] string? what = null)
    {
        var waiting = Stopwatch.StartNew();
        while (!wanted(screen.Model))
        {
            // Models go on coming, so that it is the whole wait that is bounded.
            Assert.True(posted.TryTake(out var action, Patience) && waiting.Elapsed < Patience, $"{what} was not in time:\n{Text}");
            action!();
            Fault = Model.Ui.Toast is { Role: StyleRole.Error } toast ? toast.Text : Fault;
            terminal.Loop.Turn();
        }

        return this;
    }

    public LiveScreen Until(string text) => Until(_ => Text.Contains(text, StringComparison.Ordinal), $"\"{text}\"");

    public LiveScreen Press(params string[] keys)
    {
        terminal.Press([.. keys.Select(LibraryKey.Read)]);
        return this;
    }

    public LiveScreen Type(string text)
    {
        terminal.Type(text);
        return this;
    }

    public LiveScreen Paste(string text)
    {
        screen.Paste(text);
        terminal.Loop.Turn();
        return this;
    }

    /// <summary>Lets the operator's time pass.</summary>
    public LiveScreen Wait(double seconds)
    {
        operatorTime.Pass(seconds);
        terminal.Loop.Turn();
        return this;
    }

    /// <summary>Types the four digits that stand in the box, one by one.</summary>
    public LiveScreen TypeTheCode()
    {
        foreach (var digit in Model.Ui.Confirm!.Code)
        {
            Type(digit.ToString()).Wait(0.05);
        }

        return this;
    }

    public LiveScreen Expect(string text)
    {
        Assert.Contains(text, Text, StringComparison.Ordinal);
        return this;
    }

    public LiveScreen ExpectNothingSent()
    {
        Wait(5);
        Assert.Equal(0, Executor.Started);
        Assert.False(Repo.Has($"ops-manager/{LiveRepo.Loop}/telemetry/control.jsonl"), "a record was kept");
        return this;
    }

    public void Dispose()
    {
        composition.Dispose();
        terminal.Dispose();
        screen.Dispose();
        posted.Dispose();
    }

    private sealed class NoThemes : IThemeSource
    {
        public IReadOnlyList<string> Names => ["mono"];

        public Theme Load(string name) => ThemeCatalog.Shipped(name);

        public bool Changed(string name) => false;
    }
}

/// <summary>Counts what is started, and starts it.</summary>
internal sealed class RecordingExecutor(IExecutor inner) : IExecutor
{
    private int started;

    public int Started => Volatile.Read(ref started);

    /// <summary>Happens right before the command is started.</summary>
    public Action Before { get; set; } = static () => { };

    public Task<string?> PrepareAsync(ControlRequest request, CancellationToken cancel) => inner.PrepareAsync(request, cancel);

    public async Task<Execution> RunAsync(ControlRequest request, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        Interlocked.Increment(ref started);
        Before();
        return await inner.RunAsync(request, arguments, cancel);
    }

    public Task<Execution> StopAsync(DirectStop stop, CancellationToken cancel)
    {
        Interlocked.Increment(ref started);
        Before();
        return inner.StopAsync(stop, cancel);
    }
}
