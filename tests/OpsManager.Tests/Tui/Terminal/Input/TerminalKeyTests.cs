using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Terminal.Input;
using Terminal.Gui.Input;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Input;

/// <summary>Keymaps read keys without the library; what they read must be what the library's keys are read as.</summary>
public sealed class TerminalKeyTests
{
    private static readonly string[] Modifiers = [
        "", "Ctrl+", "Alt+", "Shift+", "Ctrl+Alt+", "Ctrl+Shift+", "Alt+Shift+", "Ctrl+Alt+Shift+"
    ];

    private static readonly IReadOnlyList<string> Names =
    [
        .. "Esc Enter Tab Space Backspace Delete Insert Home End PageUp PageDown CursorUp CursorDown CursorLeft CursorRight".Split(' '),
        .. Enumerable.Range(1, 24).Select(static number => $"F{number}"),
        .. Enumerable.Range('!', '~' - '!' + 1).Select(static code => $"{(char)code}"),
        "é", "É", "ß", "ж", "Ж", "漢", "²", "٣",
    ];

    [Fact]
    public void A_key_that_is_written_and_the_same_key_that_is_pressed_are_one()
    {
        var wrong = new List<string>();
        // One that the library does not read.
        foreach (var text in Names
            .SelectMany(static name => Modifiers.Select(modifier => modifier + name))
            .Where(static text => text != "Ctrl+Alt+Shift++"))
        {
            Assert.True(KeyText.TryParse(text, out var written), text);
            Assert.True(Key.TryParse(text, out var pressed), text);
            if (TerminalKey.Read(pressed) != written)
            {
                wrong.Add($"{text}: written {written}, pressed {TerminalKey.Read(pressed)}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData('a', "a")]
    [InlineData('A', "A")]
    [InlineData('5', "5")]
    [InlineData('+', "+")]
    [InlineData(' ', "Space")]
    [InlineData('é', "é")]
    public void A_character_that_is_typed_is_the_key_of_its_text(char typed, string text)
    {
        Assert.True(KeyText.TryParse(text, out var written));
        Assert.Equal(written, TerminalKey.Read(new Key(typed)));
        Assert.Equal(text, written.Text);
    }
}
