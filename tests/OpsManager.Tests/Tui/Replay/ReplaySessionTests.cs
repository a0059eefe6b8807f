using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Abstractions;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Notify;
using OpsManager.Configuration.Themes;
using OpsManager.Core.Fold;
using OpsManager.Sources.Replay;
using OpsManager.Tests.Tui.Terminal;
using OpsManager.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Replay;

/// <summary>A replay as the program composes it: the recording is played on a thread of its own, and searched on another one.</summary>
public sealed class ReplaySessionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly BlockingCollection<Action> posted = [];
    private readonly TestScreen terminal = new(110, 34, ColorDepth.None);
    private readonly ReplayPlayer player = new(
        [.. new[] { "role-fails", "approval-rejected" }.Select(
            static name => new RecordingEntry(new RecordingInfo(name, $"All of {name}"), () => SampleTape.Read(name)))],
        new ReplayOptions { IsPlaying = false });

    private ScreenComposition? composition;
    private MainScreen? screen;
    private int called;

    [Fact]
    public void It_shows_the_recording_searches_it_and_opens_another_one()
    {
        Start(opensList: false);
        Until(static model => model.Replay is { End: not null });

        Press("End").Until(static model => model.Alerts.Count > 0);
        Press("2", "/");
        terminal.Type("planner");
        Press("Enter").Until(static model => model.Ui.Timeline.Search is { Found: > 0 });
        Press("Home").Until(static model => model.Current is null);
        Press("End").Until(static model => model.Current is not null && model.Ui.Timeline.Search is { Found: > 0 });

        Press("Esc", ":");
        terminal.Type("replay approval-rejected");
        Press("Enter").Until(static model => model.Replay is { Index: 1, End: not null });
        Press("End").Until(static model => model.Current?.Repo == "approval-rejected");
        Press("v").Until(static model => model.Ui.Detail.FilesOf(model.Current).Files.Count > 0);
        Assert.Equal(0, called);
    }

    [Fact]
    public void It_may_start_with_the_list_of_recordings_open_and_can_send_nothing()
    {
        Start(opensList: true);
        Until(static model => model.Replay is { End: not null });

        Assert.Equal(["replay role-fails", "replay approval-rejected"], screen!.Model.Layout.Choices.Select(static choice => choice.Text));
        Press("Esc");
        Assert.Null(screen.Model.Ui.Prompt);
        Assert.Equal("nothing can be sent in a replay", screen.Model.WhyNoControl);
    }

    public void Dispose()
    {
        composition?.Dispose();
        player.Dispose();
        terminal.Dispose();
        screen?.Dispose();
        posted.Dispose();
    }

    private void Start(bool opensList)
    {
        composition = new ScreenComposition(new ScreenSettings
        {
            Files = new FileSystem(),
            Sources = [],
            Replay = player,
            OpensList = opensList,
            Fold = FoldOptions.Default,
            Operator = "ada",
            Time = TimeProvider.System,
            Theme = ThemeCatalog.Shipped("mono"),
            Themes = new NoThemes(),
            Keymap = KeymapCatalog.Shipped("default"),
            Notify = new NotifySettings(NotificationForm.Bell, NotifySettings.Default.Kinds, fault =>
            {
                called++;
                return null!;
            }),
            Say = static _ => { },
            KeepCopy = static _ => "",
        });
        screen = composition.Start(
            new ScreenTerminal
            {
                Post = posted.Add,
                After = static (_, _) => { },
                Uptime = static () => TimeSpan.FromSeconds(1),
                Quit = static () => { },
                LeaveForReplay = static _ => { },
                Suspend = static () => { },
                PaintAnew = static () => { },
                Copy = static _ => true,
                RunPager = static (_, _, _) => null,
            },
            terminal.Host.Notifier(NotificationForm.Bell, TimeProvider.System),
            null);
        terminal.App.Keyboard.KeyDown += (_, pressed) => screen.Press(pressed);
        terminal.Show(screen);
    }

    private ReplaySessionTests Press(params string[] keys)
    {
        terminal.Press([.. keys.Select(LibraryKey.Read)]);
        return this;
    }

    private void Until(Func<AppModel, bool> wanted)
    {
        var waiting = Stopwatch.StartNew();
        while (!wanted(screen!.Model))
        {
            Assert.True(
                posted.TryTake(out var action, Patience) && waiting.Elapsed < Patience,
                $"not in time:\n{string.Join('\n', terminal.Lines)}");
            action!();
            terminal.Loop.Turn();
        }
    }

    private sealed class NoThemes : IThemeSource
    {
        public IReadOnlyList<string> Names => ["mono"];

        public Theme Load(string name) => ThemeCatalog.Shipped(name);

        public bool Changed(string name) => false;
    }
}
