using OpsManager.Configuration.Keymaps;
using Terminal.Gui.Input;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal;

/// <summary>A key as keymaps write it, as the library's own.</summary>
internal static class LibraryKey
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["Up"] = "CursorUp",
        ["Down"] = "CursorDown",
        ["Left"] = "CursorLeft",
        ["Right"] = "CursorRight",
        ["PgUp"] = "PageUp",
        ["PgDn"] = "PageDown",
    };

    public static Key Read(string text)
    {
        Assert.True(KeyText.TryParse(text, out var press), text);
        return Of(press);
    }

    public static Key Of(KeyPress press)
    {
        var named = press with { Name = Names.GetValueOrDefault(press.Name, press.Name) };
        Assert.True(Key.TryParse(named.Text, out var key), named.Text);
        return key;
    }
}
