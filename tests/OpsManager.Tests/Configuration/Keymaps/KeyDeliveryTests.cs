using System.Globalization;
using OpsManager.Configuration.Keymaps;
using OpsManager.Tests.Tui;
using OpsManager.Tests.Tui.Terminal;
using OpsManager.Tui.Terminal.Input;
using Terminal.Gui.Views;
using Xunit;

namespace OpsManager.Tests.Configuration.Keymaps;

/// <summary>What is said of keys, against what the library makes of everything that terminals send.</summary>
[Collection(nameof(ProcessWide))]
public sealed class KeyDeliveryTests
{
    /// <summary>Sent by some terminals, but not to be relied on.</summary>
    private static readonly string[] Rare = [
        "Alt+Shift+Tab", "Ctrl+Shift+Tab", "Ctrl+Alt+Shift+Tab", "Ctrl+Alt+Shift+7", "Ctrl+Alt+Shift++"
    ];

    [Fact]
    public void A_key_is_refused_where_no_bytes_of_a_terminal_make_it_and_no_other()
    {
        var arriving = Arriving();
        var names =
            "Esc Enter Tab Space Backspace Delete Insert Home End PageUp PageDown Up Down Left Right"
            .Split(' ')
            .Concat(Enumerable.Range(1, 13).Select(static number => $"F{number}"))
            .Concat(Enumerable.Range('!', '~' - '!' + 1).Select(static code => ((char)code).ToString()));
        string[] modifiers = ["", "Ctrl+", "Alt+", "Shift+", "Ctrl+Alt+", "Ctrl+Shift+", "Alt+Shift+", "Ctrl+Alt+Shift+"];
        var wrong = new List<string>();
        foreach (var text in names.SelectMany(name => modifiers.Select(modifier => modifier + name)).Except(Rare))
        {
            Assert.True(KeyText.TryParse(text, out var key), text);
            if (arriving.Contains(key) != KeyDelivery.Obstacle(key) is null)
            {
                wrong.Add($"{text}: {KeyDelivery.Obstacle(key) ?? "said to arrive"}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("vim")]
    [InlineData("emacs")]
    public void Every_key_of_a_shipped_keymap_arrives(string name)
    {
        var arriving = Arriving();
        var keymap = KeymapCatalog.Shipped(name);

        Assert.Equal(name, keymap.Name);
        Assert.All(
            Bindings.All.SelectMany(binding => keymap.SequencesOf(binding.Action)).SelectMany(static keys => keys.Keys),
            key => Assert.Contains(key, arriving));
    }

    [Theory]
    [InlineData("Ctrl+I", "Tab arrives in its place")]
    [InlineData("Ctrl+M", "Enter arrives in its place")]
    [InlineData("Ctrl+H", "Ctrl+Backspace arrives in its place")]
    [InlineData("Ctrl+Shift+X", "Ctrl+X arrives in its place")]
    [InlineData("Shift+1", "write that one")]
    [InlineData("F13", "nothing arrives")]
    public void The_refusal_says_what_arrives_instead(string text, string said)
    {
        Assert.True(KeyText.TryParse(text, out var key));
        Assert.Contains(said, KeyDelivery.Obstacle(key), StringComparison.Ordinal);
    }

    /// <summary>
    /// Every key that comes of one byte, of Esc and a byte in one read, and of the sequences of xterm with every modifier.
    /// </summary>
    private static HashSet<KeyPress> Arriving()
    {
        using var screen = new TestScreen();
        using var root = new Runnable();
        HashSet<KeyPress> arrived = [];
        screen.App.Keyboard.KeyDown += (_, key) =>
        {
            arrived.Add(TerminalKey.Read(key));
            key.Handled = true;
        };
        screen.Show(root);
        foreach (var bytes in Bytes())
        {
            screen.Receive(bytes).Wait(100);
        }

        return arrived;
    }

    private static IEnumerable<string> Bytes()
    {
        var ascii = Enumerable.Range(0, 128).Select(static code => (char)code).ToArray();
        var sequences = "ABCDHFPQRS".SelectMany(
            static final => Enumerable.Range(2, 7).Select(modifier => $"\e[1;{Text(modifier)}{final}").Prepend($"\e[{final}"));
        int[] numbers = [2, 3, 5, 6, 15, 17, 18, 19, 20, 21, 23, 24];
        var numbered = numbers.SelectMany(static number =>
            Enumerable.Range(2, 7).Select(modifier => $"\e[{Text(number)};{Text(modifier)}~").Prepend($"\e[{Text(number)}~"));
        return ascii.Select(static character => character.ToString())
            .Concat(ascii
                .Where(static character => character is not ('[' or ']' or '\e'))
                .Select(static character => AltKeys.Rewrite(character) ?? $"\e{character}"))
            .Concat(sequences).Concat(numbered).Append("\e[Z");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
