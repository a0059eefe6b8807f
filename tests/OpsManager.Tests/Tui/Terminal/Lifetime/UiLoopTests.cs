using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.App;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;
using Xunit;
using Timeout = System.Threading.Timeout;

namespace OpsManager.Tests.Tui.Terminal.Lifetime;

public sealed class UiLoopTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TestScreen screen = new(40, 5);
    private readonly Runnable root = new() { Width = Dim.Fill(), Height = Dim.Fill() };
    private readonly Label label = new() { Width = 20, Text = "start" };

    public UiLoopTests()
    {
        root.Add(label);
        screen.Show(root);
        screen.Port.Take();
    }

    [Fact]
    public void Nothing_to_do_means_sleeping_until_woken_and_sending_nothing()
    {
        screen.Wait(1000);
        Assert.Equal(Timeout.InfiniteTimeSpan, screen.Loop.IdleTime());
        Assert.Equal("", screen.Port.Take());
    }

    [Fact]
    public void A_changed_label_is_sent_in_less_than_sixty_bytes()
    {
        screen.Loop.Post(() => label.Text = "starT");
        screen.Wait(40);
        Assert.InRange(screen.Port.Take().Length, 1, 59);
        Assert.StartsWith("starT", screen.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_line_that_is_full_keys_and_posts_go_on_and_only_the_newest_is_drawn()
    {
        screen.Port.IsFull = true;
        screen.Loop.Post(() => label.Text = "aaaaa");
        screen.Wait(40);
        Assert.Contains("aaaaa", screen.Port.Take(), StringComparison.Ordinal);

        screen.Loop.Post(() => label.Text = "bbbbb");
        screen.Wait(40);
        screen.Loop.Post(() => label.Text = "ccccc");
        screen.Wait(40);
        Assert.Equal("", screen.Port.Take());
        Assert.InRange(screen.Loop.IdleTime(), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(50));

        screen.Port.IsFull = false;
        screen.Wait(40);
        var sent = screen.Port.Take();
        Assert.Contains("ccccc", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("bbbbb", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void Posts_are_collected_and_the_end_of_a_batch_is_told_once()
    {
        var order = new List<string>();
        screen.Loop.Drained += () => order.Add("drained");
        screen.Loop.Post(() => order.Add("first"));
        screen.Loop.Post(() => order.Add("second"));
        Assert.Empty(order);
        screen.Loop.Turn();
        Assert.Equal(["first", "second", "drained"], order);
    }

    [Fact]
    public void The_next_batch_waits_for_the_frame_gap()
    {
        var runs = 0;
        screen.Loop.Post(() => runs++);
        screen.Loop.Turn();
        screen.Loop.Post(() => runs++);
        screen.Wait(32);
        Assert.Equal(1, runs);
        Assert.Equal(TimeSpan.FromMilliseconds(1), screen.Loop.IdleTime());
        screen.Wait(1);
        Assert.Equal(2, runs);
    }

    [Fact]
    public void Work_that_posts_itself_again_does_not_keep_the_turn()
    {
        var runs = 0;
        void Again()
        {
            runs++;
            screen.Loop.Post(Again);
        }

        screen.Loop.Post(Again);
        screen.Loop.Turn();
        Assert.Equal(1, runs);
    }

    [Fact]
    public void A_post_from_the_ui_thread_does_not_run_in_place()
    {
        var ran = false;
        screen.Loop.Post(_ => ran = true, null);
        Assert.False(ran);
    }

    [Fact]
    public void A_timer_runs_when_its_time_has_come_and_not_before()
    {
        var ticks = 0;
        screen.App.AddTimeout(TimeSpan.FromMilliseconds(500), () =>
        {
            ticks++;
            return true;
        });
        Assert.InRange(screen.Loop.IdleTime(), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(501));
        screen.Wait(499);
        Assert.Equal(0, ticks);
        screen.Wait(1);
        Assert.Equal(1, ticks);
    }

    [Fact]
    public void What_a_timer_changes_is_drawn_in_the_same_turn()
    {
        screen.App.AddTimeout(TimeSpan.FromMilliseconds(10), () =>
        {
            label.Text = "ticked";
            return false;
        });
        screen.Wait(10);
        Assert.StartsWith("ticked", screen.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Awaiting_on_the_loop_comes_back_to_its_thread()
    {
        var uiThread = Environment.CurrentManagedThreadId;
        var came = 0;
        async Task Work()
        {
            await Task.Yield();
            came = Environment.CurrentManagedThreadId;
        }

        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(screen.Loop);
        var work = Work();
        SynchronizationContext.SetSynchronizationContext(before);
        Assert.False(work.IsCompleted);
        screen.Loop.Turn();
        Assert.Equal(uiThread, came);
        await work;
    }

    [Fact]
    public async Task Sending_from_another_thread_waits_and_gives_the_exception_back()
    {
        var sending = Task.Run(
            () => screen.Loop.Send(_ => throw new FormatException("sent"), null), TestContext.Current.CancellationToken);
        Assert.True(Eventually.Is(() => screen.Loop.IdleTime() >= TimeSpan.Zero, Patience));
        screen.Loop.Turn();
        await Assert.ThrowsAsync<FormatException>(() => sending.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Sending_from_the_ui_thread_runs_in_place()
    {
        var ran = false;
        screen.Loop.Send(_ => ran = true, null);
        Assert.True(ran);
    }

    [Fact]
    public async Task Sending_to_a_loop_that_has_ended_fails_instead_of_waiting_for_ever()
    {
        screen.Loop.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            Task
                .Run(() => screen.Loop.Send(_ => { }, null), TestContext.Current.CancellationToken)
                .WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_error_in_a_post_is_told_and_the_rest_of_the_batch_runs()
    {
        var told = new List<string>();
        var ran = false;
        screen.Loop.OnError = error =>
        {
            told.Add(error.Message);
            return true;
        };
        screen.Loop.Post(() => throw new FormatException("posted"));
        screen.Loop.Post(() => ran = true);
        screen.Loop.Turn();
        Assert.Equal(["posted"], told);
        Assert.True(ran);
    }

    [Fact]
    public void An_error_in_a_key_handler_is_told()
    {
        var told = new List<string>();
        screen.Loop.OnError = error =>
        {
            told.Add(error.Message);
            return true;
        };
        screen.App.Keyboard.KeyDown += (_, _) => throw new FormatException("key");
        screen.Receive("a");
        Assert.Equal(["key"], told);
    }

    [Fact]
    public void An_error_nobody_takes_ends_the_turn_with_it()
    {
        screen.App.Keyboard.KeyDown += (_, _) => throw new FormatException("key");
        Assert.Throws<FormatException>(() => screen.Receive("a"));
    }

    [Fact]
    public void A_drawing_that_always_fails_ends_the_loop_in_the_end()
    {
        screen.Loop.OnError = _ => true;
        root.DrawComplete += (_, _) => throw new FormatException("draw");
        root.SetNeedsDraw();
        Assert.Throws<FormatException>(() =>
        {
            for (var turn = 0; turn < 100; turn++)
            {
                root.SetNeedsDraw();
                screen.Loop.Turn();
            }
        });
    }

    [Fact]
    public void A_view_that_always_wants_to_be_drawn_again_does_not_make_the_loop_busy()
    {
        screen.App.LayoutAndDrawComplete += (_, _) => root.SetNeedsDraw();
        root.SetNeedsDraw();
        for (var turn = 0; turn < 10; turn++)
        {
            screen.Loop.Turn();
        }

        Assert.Equal(screen.Loop.FrameGap, screen.Loop.IdleTime());
    }

    [Fact]
    public void A_lone_escape_becomes_a_key_after_the_wait()
    {
        var keys = Keys();
        screen.Receive("\e");
        screen.Wait(59);
        Assert.Empty(keys);
        Assert.Equal(TimeSpan.FromMilliseconds(1), screen.Loop.IdleTime());
        screen.Wait(2);
        Assert.Equal([Key.Esc], keys);
    }

    [Fact]
    public void A_sequence_torn_by_a_slow_link_is_still_one_key()
    {
        screen.Loop.EscapeWait = TimeSpan.FromMilliseconds(200);
        var keys = Keys();
        screen.Receive("\e");
        // Something else wakes the loop meanwhile.
        screen.Wait(150);
        screen.Receive("[A");
        Assert.Equal([Key.CursorUp], keys);
    }

    [Fact]
    public void A_paste_without_an_end_does_not_swallow_keys_for_ever()
    {
        var pasted = new List<string>();
        screen.App.Paste += (_, paste) =>
        {
            pasted.Add(paste.Text);
            paste.Handled = true;
        };
        var keys = Keys();
        screen.Receive("\e[200~half");
        Assert.InRange(screen.Loop.IdleTime(), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.2));
        screen.Wait(5200);
        screen.Receive("a");
        Assert.Equal(["half"], pasted);
        Assert.Equal([Key.A], keys);
    }

    [Fact]
    public void A_resized_terminal_is_laid_out_and_sent_anew()
    {
        using var resized = new TestScreenWithPort(40, 5);
        resized.Port.Size = new System.Drawing.Size(60, 9);
        resized.Port.Take();
        resized.Loop.NoteResize();
        resized.Loop.Turn();
        Assert.Equal(60, resized.App.Screen.Width);
        Assert.Equal(9, resized.App.Screen.Height);
        Assert.Contains("\e[2J", resized.Port.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void Running_ends_when_asked_and_gives_the_context_back()
    {
        using var other = new TestScreen(20, 5);
        using var runnable = new Runnable { Width = Dim.Fill(), Height = Dim.Fill() };
        var context = SynchronizationContext.Current;
        SynchronizationContext? inside = null;
        other.Loop.Post(() =>
        {
            inside = SynchronizationContext.Current;
            runnable.StopRequested = true;
        });
        other.Loop.Run(runnable);
        Assert.Same(other.Loop, inside);
        Assert.Same(context, SynchronizationContext.Current);
        Assert.False(runnable.IsRunning);
    }

    [Fact]
    public void A_dialog_opened_from_a_post_lets_posts_go_on_and_quitting_ends_it_too()
    {
        using var other = new TestScreen(40, 10);
        other.Loop.FrameGap = TimeSpan.Zero;
        using var runnable = new Runnable { Width = Dim.Fill(), Height = Dim.Fill() };
        using var dialog = new Dialog { Title = "asks", Width = 20, Height = 5, ShadowStyle = ShadowStyles.None };
        var seen = "";
        other.Loop.Post(() =>
        {
            other.Loop.Post(() => other.Loop.Post(() =>
            {
                seen = string.Join('\n', other.Lines);
                other.Host.Quit(5);
            }));
            other.Host.RunModal(dialog);
        });
        other.Loop.Run(runnable);
        Assert.Contains("asks", seen, StringComparison.Ordinal);
        Assert.Equal(5, other.Host.ExitCode);
    }

    [Fact]
    public void The_first_exit_code_stays()
    {
        screen.Host.Quit(3);
        screen.Host.Quit(4);
        screen.Wait(40);
        Assert.Equal(3, screen.Host.ExitCode);
        Assert.True(root.StopRequested);
    }

    [Fact]
    public void The_title_is_sent_clean()
    {
        screen.Host.SetTitle("run \e]0;x\a");
        Assert.Equal("\e]0;run ␛]0;x␇\e\\", screen.Port.Take());
    }

    [Fact]
    public void Copying_goes_through_the_terminal()
    {
        Assert.True(screen.Host.Clipboard.Copy("é"));
        Assert.Equal("\e]52;c;w6k=\a", screen.Port.Take());
        Assert.True(screen.App.Clipboard!.TryGetClipboardData(out var pasted));
        Assert.Equal("é", pasted);
    }

    [Fact]
    public void A_text_too_long_for_the_terminal_is_not_copied()
    {
        Assert.False(screen.Host.Clipboard.Copy(new string('x', Osc52Clipboard.MaxBytes + 1)));
        Assert.Equal("", screen.Port.Take());
    }

    public void Dispose()
    {
        screen.Dispose();
        root.Dispose();
    }

    private List<Key> Keys()
    {
        var keys = new List<Key>();
        screen.App.Keyboard.KeyDown += (_, key) =>
        {
            keys.Add(new Key(key));
            key.Handled = true;
        };
        return keys;
    }

    /// <summary>As <see cref="TestScreen"/>, with a loop that asks the port for its size.</summary>
    private sealed class TestScreenWithPort : IDisposable
    {
        private readonly Runnable root = new() { Width = Dim.Fill(), Height = Dim.Fill() };
        private readonly SynchronizationContext? before = SynchronizationContext.Current;
        private readonly SessionToken? session;

        public TestScreenWithPort(int columns, int rows)
        {
            Port.Size = new System.Drawing.Size(columns, rows);
            var output = new DiffOutput(Port, ColorDepth.True);
            App = ApplicationFactory.Create(() => new AnsiInput(), output).Application;
            Loop = new UiLoop(App, Port);
            session = App.Begin(root);
            SynchronizationContext.SetSynchronizationContext(before);
            Loop.Turn();
        }

        public MemoryPort Port { get; } = new();

        public IApplication App { get; }

        public UiLoop Loop { get; }

        public void Dispose()
        {
            if (session is { Runnable: not null })
            {
                App.End(session);
            }

            Loop.Dispose();
            App.Dispose();
            root.Dispose();
        }
    }
}
