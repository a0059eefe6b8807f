using OpsManager.EndToEnd.Pty;
using OpsManager.EndToEnd.Wire;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>
/// Whatever agents write, the terminal gets nothing but our own sequences and characters that do nothing but stand there.
/// </summary>
public sealed class SafeTextTests
{
    private const int Columns = 160;
    private const int Rows = 60;
    private const string NoSuchPager = "/nowhere/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static WireVocabulary LibrarysWay => new()
    {
        Clipboard = true,
        // Any movement of the mouse, which is switched off again at once; where the cursor is, colours, keyboard, kind of terminal.
        Besides = ["\e[?1003h", "\e[?1015h", "\e[?1006h", "\e[6n", "\e]10;?\e\\", "\e]11;?\e\\", "\e[?u", "\e[0c", "\e[<u"],
        // It takes styles off one by one.
        RenditionsBesides = [22, 23, 24, 27, 29],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    // A claim of any text, and one of the loop that is looked at: its role at work is shown then.
    [InlineData("", "loop\e]0;owned\a\u202E\u009B2J")]
    [InlineData("--ascii", HostileRepo.Loop)]
    public async Task Hostile_text_in_every_pane_tab_and_box_leaves_only_our_vocabulary(string flags, string claims)
    {
        using var repo = new HostileRepo(claims);
        using var home = new OperatorsHome();
        home.Config("config.yaml", "theme: \"\\e]0;owned\\a\\u202E\\u009B2J\"\n");
        await using var pty = ScriptPty.Start(
            $"{OpsManagerBinary.Path} --repo {Tool.Quote(repo.Root)} {flags}", Columns, Rows,
            home.Environment(("PAGER", $"{NoSuchPager}\e]0;owned\a\u202E\u009B2J")));
        var screen = new PtyScreen(pty, Columns, Rows);
        var vocabulary = new WireVocabulary { BeyondAscii = flags != "--ascii", Clipboard = true };

        await new HostileWalk(text => pty.SendAsync(text, Cancel), text => screen.WaitForAsync(text, Patience, Cancel)).GoAsync(
            "config.yaml", NoSuchPager);
        Assert.Equal(0, await pty.WaitForExitAsync(Patience, Cancel));

        Assert.Null(vocabulary.FirstStranger(pty.Bytes));
        Assert.StartsWith("ops-manager app", screen.Title, StringComparison.Ordinal);
        Assert.True(pty.SettingsAreBack);
    }

    /// <summary>
    /// The library draws: it switches more modes, asks the terminal what it is, and is taken at its word only for what it sends; every
    /// sequence that our own layer does not send is named here.
    /// </summary>
    [Fact]
    public async Task In_the_librarys_way_only_its_own_sequences_come_besides()
    {
        using var repo = new HostileRepo("loop\e]0;owned\a\u202E\u009B2J");
        using var home = new OperatorsHome();
        home.Config("config.yaml", "theme: \"\\e]0;owned\\a\\u202E\\u009B2J\"\n");
        var recorded = home.File("recorded");
        // It begins when it is told to, so that its first byte is recorded.
        await using var screen = await TmuxScreen.StartAsync(
            $"stty -echo; echo ready; read go; {OpsManagerBinary.Path} --repo {Tool.Quote(repo.Root)}; echo left $?; exec sh", Columns,
            Rows, Cancel,
            home.Environment(("OPS_MANAGER_TERMINAL", "library")));
        await screen.WaitForAsync(static text => text.Contains("ready", StringComparison.Ordinal), Patience, Cancel);
        await screen.RecordAsync(recorded, Cancel);
        await screen.PressAsync(Cancel, "Enter");

        await new HostileWalk(text => screen.TypeRawAsync(text, Cancel), text => screen.WaitForAsync(text, Patience, Cancel)).GoAsync(
            "simple terminal", "cannot start another program");
        await screen.WaitForAsync(static text => text.Contains("left 0", StringComparison.Ordinal), Patience, Cancel);

        // What the terminal shows may not be in the file yet.
        Assert.True(Eventually.Is(() => File.ReadAllBytes(recorded).AsSpan().IndexOf("left 0"u8) >= 0, Patience));
        var sent = (await File.ReadAllBytesAsync(recorded, Cancel)).AsSpan();
        var first = sent.IndexOf((byte)'\e');
        var end = sent.LastIndexOf("left 0"u8);
        Assert.Null(LibrarysWay.FirstStranger(sent[first..end].TrimEnd("\r\n"u8)));
    }
}
