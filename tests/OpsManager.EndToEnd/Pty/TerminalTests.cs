using Xunit;

namespace OpsManager.EndToEnd.Pty;

/// <summary>The terminal layer on real pseudo terminals, by the probe.</summary>
public sealed class TerminalTests
{
    private const string SwitchBack = "\e[?1049l\e[23;0t\e[?25h";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly Dictionary<string, string?> Fallback = new() { ["OPS_MANAGER_TERMINAL"] = "library" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Endings => new()
    {
        { "key q", 7 },
        { "key k", 70 },
        { "key d", 70 },
        { "key t", 134 },
        { "key e", 3 },
        { "signal TERM", 143 },
        { "signal HUP", 129 },
        { "signal INT", 130 },
        { "signal QUIT", 131 },
        // The UI thread does not answer, and the watchdog ends the process.
        { "stuck TERM", 143 },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task However_the_program_ends_the_terminal_is_given_back(string how, int code) => await EndsWell(how, code, null);

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task However_the_program_ends_in_the_librarys_way_the_terminal_is_given_back(string how, int code) =>
        await EndsWell(how, code, Fallback);

    [Fact]
    public async Task A_lost_connection_ends_the_program()
    {
        await using var pty = ScriptPty.Start(ProbeBinary.Path);
        await Ready(pty);
        pty.HangUp();
        await pty.WaitUntilGoneAsync(Patience, Cancel);
    }

    [Fact]
    public async Task A_lost_connection_ends_the_program_also_where_SIGHUP_is_ignored()
    {
        await using var pty = ScriptPty.Start($"sh -c {Tool.Quote($"trap '' HUP; exec {ProbeBinary.Path}")}");
        await Ready(pty);
        pty.HangUp();
        await pty.WaitUntilGoneAsync(Patience, Cancel);
    }

    [Fact]
    public async Task Hostile_text_and_every_frame_stay_inside_our_vocabulary()
    {
        await using var pty = ScriptPty.Start(ProbeBinary.Path, 100, 20);
        await Ready(pty);
        await pty.SendAsync("aaa\e[15~m", Cancel);
        await pty.WaitForAsync(output => output.Contains("dialog", StringComparison.Ordinal), Patience, Cancel);
        await pty.SendAsync("\rq", Cancel);
        Assert.Equal(7, await pty.WaitForExitAsync(Patience, Cancel));
        var model = new ModelTerminal(100, 20);
        // Throws on anything a screen has no business to send, the start and the end included.
        model.Feed(pty.Output);
        Assert.Contains("hostile ␛[2J␛]0;owned␇␛]52;c;b3duZWQ=␇", model.Line(7), StringComparison.Ordinal);
        Assert.Contains("count 3", model.Line(4), StringComparison.Ordinal);
        Assert.Equal("terminal probe", model.Title);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hostile_text_makes_no_sequence(bool fallback)
    {
        await using var pty = ScriptPty.Start(ProbeBinary.Path, 100, 20, fallback ? Fallback : null);
        await Ready(pty);
        await pty.SendAsync("q", Cancel);
        Assert.Equal(7, await pty.WaitForExitAsync(Patience, Cancel));
        foreach (var raw in new[] { "\e]52", "\e]8", "\e]0;owned", "\a", "\u009B", "\u202E", "\u200B", "\uFEFF" })
        {
            Assert.DoesNotContain(raw, pty.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keys_nobody_knows_do_no_harm(bool fallback)
    {
        await using var screen = await TmuxScreen.StartAsync(ProbeBinary.Path, 80, 24, Cancel, fallback ? Fallback : null);
        await screen.WaitForAsync(text => text.Contains("count 0", StringComparison.Ordinal), Patience, Cancel);
        // F13, Home and End of rxvt, a modified paste, the end of a paste that did not begin; each followed by a key that counts.
        string[] unknown = ["\e[25~", "\e[7~", "\e[8~", "\e[200;5~", "\e[201~", "\e[27;5;13~"];
        for (var index = 0; index < unknown.Length; index++)
        {
            await screen.TypeAsync(unknown[index], Cancel);
            await screen.TypeAsync("a", Cancel);
            await screen.WaitForAsync(text => text.Contains($"count {index + 1}", StringComparison.Ordinal), Patience, Cancel);
        }
    }

    [Fact]
    public async Task Without_colours_none_is_sent()
    {
        await using var pty = ScriptPty.Start(ProbeBinary.Path, environment: new Dictionary<string, string?> { ["NO_COLOR"] = "1" });
        await Ready(pty);
        await pty.SendAsync("q", Cancel);
        await pty.WaitForExitAsync(Patience, Cancel);
        Assert.DoesNotMatch("\\e\\[[0-9;]*\\b(3|4)[0-8]\\b[0-9;]*m", pty.Output);
        Assert.Contains("\e[1m", pty.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_locale_that_is_not_utf_8_only_ascii_is_sent()
    {
        await using var pty = ScriptPty.Start(ProbeBinary.Path, environment: new Dictionary<string, string?> { ["LC_ALL"] = "C" });
        await Ready(pty);
        await pty.SendAsync("q", Cancel);
        await pty.WaitForExitAsync(Patience, Cancel);
        Assert.All(pty.Output, character => Assert.True(char.IsAscii(character), $"U+{(int)character:X4}"));
    }

    [Theory]
    [InlineData("< /dev/null", "standard input is not a terminal")]
    [InlineData("| cat", "standard output is not a terminal")]
    public async Task Without_a_terminal_it_says_so_and_touches_nothing(string redirection, string message)
    {
        await using var pty = ScriptPty.Start($"sh -c {Tool.Quote($"{ProbeBinary.Path} {redirection}; echo done")}");
        await pty.WaitForAsync(output => output.Contains("done", StringComparison.Ordinal), Patience, Cancel);
        Assert.Contains(message, pty.Output, StringComparison.Ordinal);
        AssertUntouched(pty.Output);
    }

    [Fact]
    public async Task On_a_dumb_terminal_it_says_so_and_touches_nothing()
    {
        await using var pty = ScriptPty.Start(ProbeBinary.Path, environment: new Dictionary<string, string?> { ["TERM"] = "dumb" });
        Assert.Equal(2, await pty.WaitForExitAsync(Patience, Cancel));
        Assert.Contains("TERM=dumb", pty.Output, StringComparison.Ordinal);
        AssertUntouched(pty.Output);
    }

    [Fact]
    public async Task A_configuration_in_the_current_directory_changes_nothing()
    {
        var directory = Directory.CreateTempSubdirectory("config-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(directory, ".tui"));
            await File.WriteAllTextAsync(
                Path.Combine(directory, ".tui", "config.json"),
                """{"Application":{"ForceDriver":"dotnet"},"Driver":{"Force16Colors":true},"Key":{"Separator":"-"},"Themes":{"Default":{"Glyphs":{"HLine":"Z"}}}}""",
                Cancel);
            await using var pty = ScriptPty.Start($"env -C {Tool.Quote(directory)} HOME={Tool.Quote(directory)} {ProbeBinary.Path}");
            await Ready(pty);
            await pty.SendAsync("\u0001", Cancel);
            await pty.WaitForAsync(output => Shows(output, "Ctrl+A"), Patience, Cancel);
            Assert.DoesNotContain("ZZZ", pty.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_resized_window_is_drawn_anew(bool fallback)
    {
        await using var screen = await TmuxScreen.StartAsync(ProbeBinary.Path, 80, 24, Cancel, fallback ? Fallback : null);
        await screen.WaitForAsync(text => text.Contains("size 80x24", StringComparison.Ordinal), Patience, Cancel);
        await screen.ResizeAsync(120, 30, Cancel);
        await screen.WaitForAsync(text => text.Contains("size 120x30", StringComparison.Ordinal), Patience, Cancel);
        await screen.ResizeAsync(40, 10, Cancel);
        var seen = await screen.WaitForAsync(text => text.Contains("size 40x10", StringComparison.Ordinal), Patience, Cancel);
        Assert.Contains(fallback ? "mode Library asked for" : "mode Own", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C-z", false)]
    [InlineData("TSTP", false)]
    [InlineData("STOP", false)]
    [InlineData("C-z", true)]
    [InlineData("TSTP", true)]
    public async Task Stopped_and_continued_it_is_the_shells_turn_and_then_ours_again(string how, bool fallback)
    {
        await using var screen =
            await TmuxScreen.StartAsync("PS1='$ ' bash --norc --noprofile -i", 90, 16, Cancel, fallback ? Fallback : null);
        await screen.WaitForAsync(text => text.StartsWith('$'), Patience, Cancel);
        await screen.TypeLineAsync(ProbeBinary.Path, Cancel);
        await screen.WaitForAsync(text => text.Contains("count 0", StringComparison.Ordinal), Patience, Cancel);
        await screen.PressAsync(Cancel, "a");
        await screen.WaitForAsync(text => text.Contains("count 1", StringComparison.Ordinal), Patience, Cancel);

        if (how == "C-z")
        {
            await screen.PressAsync(Cancel, how);
        }
        else
        {
            var shell = await screen.AskAsync("#{pane_pid}", Cancel);
            await Tool.RunAsync("pkill", [$"-{how}", "-P", shell], null, Cancel);
        }

        // Stopped without a warning, it could not leave its screen; the shell tells the stop on it.
        await screen.WaitForAsync(text => how == "STOP" || text.Contains("Stopped", StringComparison.Ordinal), Patience, Cancel);
        if (how != "STOP")
        {
            Assert.Equal("0", await screen.AskAsync("#{alternate_on}", Cancel));
            Assert.Equal("1", await screen.AskAsync("#{cursor_flag}", Cancel));
        }

        // Missed while stopped.
        await screen.ResizeAsync(70, 15, Cancel);
        await screen.TypeLineAsync("fg", Cancel);
        await screen.WaitForAsync(
            text => text.Contains("size 70x15", StringComparison.Ordinal) && text.Contains("count 1", StringComparison.Ordinal), Patience,
            Cancel);
        Assert.Equal("1", await screen.AskAsync("#{alternate_on}", Cancel));
        await screen.PressAsync(Cancel, "a");
        await screen.WaitForAsync(text => text.Contains("count 2", StringComparison.Ordinal), Patience, Cancel);

        await screen.PressAsync(Cancel, "q");
        // Not before the prompt: the program reads what is typed as long as it runs.
        await screen.WaitForAsync(text => text.TrimEnd().EndsWith('$'), Patience, Cancel);
        await screen.TypeLineAsync("echo code $?", Cancel);
        await screen.WaitForAsync(text => text.Contains("code 7", StringComparison.Ordinal), Patience, Cancel);
        Assert.Equal("0", await screen.AskAsync("#{alternate_on}", Cancel));
    }

    [Fact]
    public async Task With_no_shell_to_come_back_to_Ctrl_Z_goes_on()
    {
        await using var screen = await TmuxScreen.StartAsync(ProbeBinary.Path, 80, 24, Cancel);
        await screen.WaitForAsync(text => text.Contains("count 0", StringComparison.Ordinal), Patience, Cancel);
        await screen.PressAsync(Cancel, "C-z");
        await screen.PressAsync(Cancel, "a");
        await screen.WaitForAsync(text => text.Contains("count 1", StringComparison.Ordinal), Patience, Cancel);
        Assert.Equal("1", await screen.AskAsync("#{alternate_on}", Cancel));
    }

    [Fact]
    public async Task Stopped_without_a_warning_and_continued_it_keeps_the_title_from_before_once()
    {
        await using var pty = ScriptPty.Start(ProbeBinary.Path);
        await Ready(pty);
        await pty.SignalAsync("STOP", Cancel);
        await pty.SignalAsync("CONT", Cancel);
        await pty.WaitForAsync(static output => Count(output, "\e[?1049h") == 2, Patience, Cancel);
        await pty.SendAsync("q", Cancel);
        Assert.Equal(7, await pty.WaitForExitAsync(Patience, Cancel));
        Assert.Equal((1, 1), (Count(pty.Output, "\e[22;0t"), Count(pty.Output, "\e[23;0t")));
    }

    [Fact]
    public async Task The_rest_of_a_key_that_comes_after_it_was_given_up_does_not_act()
    {
        // A rest counts as late for ten times as long as the wait: long enough for any machine.
        await using var pty = ScriptPty.Start(ProbeBinary.Path, environment: new Dictionary<string, string?> { ["ESCDELAY"] = "3000" });
        var screen = new PtyScreen(pty, 80, 24);
        await screen.WaitForAsync(static text => Shows(text, "count 0"), Patience, Cancel);
        await pty.SendAsync("\e", Cancel);
        await screen.WaitForAsync(static text => Shows(text, "key Esc"), Patience, Cancel);
        // As a letter, k would end the probe; so it would in the report of a mouse that another program left switched on.
        await pty.SendAsync("[k", Cancel);
        await pty.SendAsync("\e[M", Cancel);
        await pty.SendAsync("kaa", Cancel);
        await pty.SendAsync("a", Cancel);
        await screen.WaitForAsync(static text => Shows(text, "count 1") && Shows(text, "key a"), Patience, Cancel);
        await pty.SendAsync("q", Cancel);
        Assert.Equal(7, await pty.WaitForExitAsync(Patience, Cancel));
    }

    [Fact]
    public async Task While_nothing_happens_nothing_is_sent()
    {
        await using var pty = ScriptPty.Start(ProbeBinary.Path);
        await Ready(pty);
        var first = pty.Output.Length;
        await pty.SendAsync("a", Cancel);
        await pty.WaitForAsync(
            output => output.Length > first && output.EndsWith("\e[?2026l", StringComparison.Ordinal), Patience, Cancel);
        var before = pty.Output.Length;
        await Assert.ThrowsAsync<TimeoutException>(
            () => pty.WaitForAsync(output => output.Length > before, TimeSpan.FromSeconds(2), Cancel));
    }

    private static async Task EndsWell(string how, int code, Dictionary<string, string?>? environment)
    {
        await using var pty = ScriptPty.Start(ProbeBinary.Path, environment: environment);
        await Ready(pty);
        switch (how.Split(' '))
        {
            case ["key", var key]:
                await pty.SendAsync(key, Cancel);
                break;
            case ["signal", var signal]:
                await pty.SignalAsync(signal, Cancel);
                break;
            case ["stuck", var signal]:
                await pty.SendAsync("s", Cancel);
                await pty.SignalAsync(signal, Cancel);
                break;
            default:
                throw new ArgumentException(how, nameof(how));
        }

        var ended = await pty.WaitForExitAsync(Patience, Cancel);
        var output = pty.Output;
        Assert.Equal(code, ended);
        Assert.True(pty.SettingsAreBack, "the settings of the terminal are not what they were");
        Assert.Equal(1, Count(output, SwitchBack));
        // After the terminal was given back there may be words of an error, and no sequence.
        var after = output[(output.IndexOf(SwitchBack, StringComparison.Ordinal) + SwitchBack.Length)..];
        Assert.DoesNotContain("\e", environment is null ? after : WithoutLibrarysFarewell(after), StringComparison.Ordinal);
        Assert.Equal(code is 70 or 134, after.Contains("thrown ", StringComparison.Ordinal));
    }

    /// <summary>The library's output, disposed after, switches off what is off and shows the cursor that is shown.</summary>
    private static string WithoutLibrarysFarewell(string after)
    {
        foreach (var sequence in new[] {
            "\e[?2004l", "\e[?1003l", "\e[?1015l", "\e[?1006l", "\e[?1000l", "\e[?1002l", "\e[?9l", "\e[?1005l", "\e[0m", "\e[?1049l",
            "\e[?25h"
        })
        {
            after = after.Replace(sequence, "", StringComparison.Ordinal);
        }

        return after;
    }

    private static void AssertUntouched(string output) => Assert.DoesNotContain("\e", output, StringComparison.Ordinal);

    // To the end of the first frame, in whichever way it is sent.
    private static Task Ready(ScriptPty pty) => pty.WaitForAsync(
        output => Shows(output, "count 0")
            && Shows(output, "wide")
            && (!Shows(output, "\e[?2026h") || output.EndsWith("\e[?2026l", StringComparison.Ordinal)),
        Patience,
        Cancel);

    private static bool Shows(string output, string text) => output.Contains(text, StringComparison.Ordinal);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
