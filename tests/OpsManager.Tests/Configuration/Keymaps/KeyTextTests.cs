using OpsManager.Configuration.Keymaps;
using Xunit;

namespace OpsManager.Tests.Configuration.Keymaps;

public sealed class KeyTextTests
{
    [Theory]
    [InlineData("j", "j")]
    [InlineData("G", "G")]
    [InlineData("Shift+g", "G")]
    [InlineData("ctrl+d", "Ctrl+D")]
    [InlineData("Alt+<", "Alt+<")]
    [InlineData("Alt+>", "Alt+>")]
    [InlineData("alt+v", "Alt+V")]
    [InlineData("Alt+Shift+v", "Alt+Shift+V")]
    [InlineData("PageDown", "PgDn")]
    [InlineData("pgdn", "PgDn")]
    [InlineData("Ctrl+Up", "Ctrl+Up")]
    [InlineData("Escape", "Esc")]
    [InlineData("Ins", "Insert")]
    [InlineData("+", "+")]
    [InlineData("Alt++", "Alt++")]
    [InlineData("-", "-")]
    [InlineData("é", "é")]
    [InlineData("Shift+é", "Shift+é")]
    [InlineData("Shift+Tab", "Shift+Tab")]
    [InlineData("ctrl+alt+SHIFT+x", "Ctrl+Alt+Shift+X")]
    [InlineData("Ctrl+\U0001F600", "Ctrl+\U0001F600")]
    [InlineData("g  g", "g g")]
    [InlineData("Ctrl+X Ctrl+C", "Ctrl+X Ctrl+C")]
    public void A_key_is_read_and_shown_in_one_way(string text, string shown)
    {
        Assert.True(KeySequence.TryParse(text, out var keys));
        Assert.Equal(shown, keys.Text);
        Assert.True(KeySequence.TryParse(keys.Text, out var again));
        Assert.Equal(keys, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Ctrl+")]
    [InlineData("shift")]
    [InlineData("Ctrl-A")]
    [InlineData("A+B")]
    [InlineData("65")]
    [InlineData("Ctrl+Ctrl+A")]
    [InlineData("gg")]
    [InlineData("\u0007")]
    [InlineData("\u202E")]
    [InlineData("e\u0301")]
    [InlineData("Hyper+A")]
    public void What_is_no_key_is_refused(string text) => Assert.False(KeySequence.TryParse(text, out _));
}
