using OpsManager.Tui.Terminal.Input;
using Terminal.Gui.Input;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Input;

public sealed class CsiUTests
{
    [Fact]
    public void Alt_is_the_third_modifier() => Assert.Equal("\e[60;3u", CsiU.Alt('<'));

    [Fact]
    public void The_library_takes_these_forms_for_the_keys()
    {
        var screen = new List<Key>();
        using var made = new TestScreen(20, 5);
        made.App.Keyboard.KeyDown += (_, key) => screen.Add(key);
        made.Receive(CsiU.Escape + CsiU.Alt('v'));
        Assert.Equal([Key.Esc, Key.V.WithAlt], screen);
    }
}
