using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>What an operator chose, wrote or left comes back, and a mistake in it never keeps the screen from opening.</summary>
public sealed class OwnSettingsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_session_goes_on_where_the_last_one_ended_and_a_fresh_one_does_not()
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        var command = $"{OpsManagerBinary.Path} --repo {repo.Root}";
        await using var screen =
            await TmuxScreen.StartAsync($"PS1='$ ' HISTFILE= bash --norc --noprofile -i", 100, 30, Cancel, home.Environment());
        await screen.WaitForAsync(static text => text.StartsWith('$'), Patience, Cancel);

        await screen.TypeLineAsync(command, Cancel);
        await Shows(screen, $"TIMELINE (2)  {QuietRepo.Loop}", "following");
        // The other run, another order, theme and tab; a filter; one pane over the whole screen.
        await screen.TypeAsync("jsT", Cancel);
        await Shows(screen, $"TIMELINE (2)  {QuietRepo.Other}", "by name");
        await screen.TypeAsync("2/role:tester", Cancel);
        await screen.PressAsync(Cancel, "Enter");
        await Shows(screen, "/role:tester", "30 of 60 match");
        await screen.TypeAsync("u3z", Cancel);
        await screen.WaitForAsync(
            static text => text.Contains("[Usage]", StringComparison.Ordinal) && !text.Contains("RUNS (1)", StringComparison.Ordinal),
            Patience, Cancel);
        await Quit(screen);
        var session = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(home.Sessions)), Cancel);
        Assert.Contains("\"theme\": \"high-contrast\"", session, StringComparison.Ordinal);

        await screen.TypeLineAsync(command, Cancel);
        await screen.WaitForAsync(
            static text => text.Contains("[Usage]", StringComparison.Ordinal) && !text.Contains("RUNS (1)", StringComparison.Ordinal),
            Patience, Cancel);
        await screen.PressAsync(Cancel, "z");
        await Shows(screen, $"TIMELINE (2)  {QuietRepo.Other}", "by name", "/role:tester", "30 of 60 match");
        // The theme that comes after it in the list.
        await screen.TypeAsync("T", Cancel);
        await Quit(screen);
        Assert.Contains(
            "\"theme\": \"light\"", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(home.Sessions)), Cancel),
            StringComparison.Ordinal);

        await screen.TypeLineAsync($"{command} --fresh", Cancel);
        var fresh = await Shows(screen, $"TIMELINE (2)  {QuietRepo.Loop}", "following", "WHY", "60 lines");
        Assert.DoesNotContain("by name", fresh, StringComparison.Ordinal);
        Assert.DoesNotContain("role:tester", fresh, StringComparison.Ordinal);
        await Quit(screen);
    }

    [Fact]
    public async Task A_theme_that_is_edited_is_taken_at_once_and_a_mistake_in_it_leaves_the_one_before()
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        static string Theme(string color) => $"name: mine\nroles:\n  text: {{ fg: \"{color}\", bg: none }}\n";
        home.Config("themes/mine.yaml", Theme("#010203"));
        await using var pty = ScriptPty.Start(
            $"{OpsManagerBinary.Path} --repo {repo.Root} --theme mine --color true", 100, 30, home.Environment());
        var screen = new PtyScreen(pty, 100, 30);
        await screen.WaitForAsync(static text => text.Contains("loop complete", StringComparison.Ordinal), Patience, Cancel);
        Assert.Contains("38;2;1;2;3", pty.Output, StringComparison.Ordinal);

        home.Config("themes/mine.yaml", Theme("#040506"));
        await Sends(pty, "38;2;4;5;6");

        home.Config("themes/mine.yaml", Theme("#0405"));
        await screen.WaitForAsync(static text => text.Contains("mine.yaml, line 3", StringComparison.Ordinal), Patience, Cancel);
        var before = pty.Output.Length;
        await pty.SendAsync("\f", Cancel);
        await pty.WaitForAsync(output => output.IndexOf("38;2;4;5;6", before, StringComparison.Ordinal) >= 0, Patience, Cancel);

        home.Config("themes/mine.yaml", Theme("#070809"));
        await Sends(pty, "38;2;7;8;9");
        await pty.SendAsync("q", Cancel);
        Assert.Equal(0, await pty.WaitForExitAsync(Patience, Cancel));
    }

    [Theory]
    [InlineData("config.yaml", "theme: light\nkeymap: [\n", "", "config.yaml, line ")]
    [InlineData("keymaps/mine.yaml", "name: mine\nkeys:\n  quit: []\n", "--keymap mine", "keymaps/mine.yaml, line 3")]
    [InlineData("themes/mine.yaml", "name: mine\nroles:\n  text: { fg: purple }\n", "--theme mine", "themes/mine.yaml, line 3")]
    public async Task A_broken_file_is_named_with_its_line_and_only_strict_refuses(string file, string text, string flags, string message)
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        home.Config(file, text);
        await using var screen = await TmuxScreen.StartAsync(
            $"{OpsManagerBinary.Path} --repo {repo.Root} {flags}; echo left $?; {OpsManagerBinary.Path} --repo {repo.Root} {flags} "
                + $"--strict; echo refused $?; exec sh",
            160, 30, Cancel, home.Environment());

        await Shows(screen, "loop complete", message);
        await screen.PressAsync(Cancel, "q");
        var refused = await Shows(screen, "left 0", "refused 1");
        Assert.Contains(message, refused, StringComparison.Ordinal);
        Assert.Equal("0", await screen.AskAsync("#{alternate_on}", Cancel));
    }

    private static Task Sends(ScriptPty pty, string sequence) =>
        pty.WaitForAsync(output => output.Contains(sequence, StringComparison.Ordinal), Patience, Cancel);

    private static async Task Quit(TmuxScreen screen)
    {
        await screen.PressAsync(Cancel, "q");
        await screen.WaitForAsync(static text => text.TrimEnd().EndsWith('$'), Patience, Cancel);
    }

    private static Task<string> Shows(TmuxScreen screen, params string[] parts) =>
        screen.WaitForAsync(text => parts.All(part => text.Contains(part, StringComparison.OrdinalIgnoreCase)), Patience, Cancel);
}
