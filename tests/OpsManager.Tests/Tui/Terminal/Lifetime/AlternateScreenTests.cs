using System.Text;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Terminal.Output;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Lifetime;

public sealed class AlternateScreenTests
{
    private static readonly string KeepTitle = Encoding.ASCII.GetString(TerminalSequences.KeepTitle);

    private readonly MemoryPort port = new();

    [Fact]
    public void Entering_keeps_the_title_and_leaves_the_mouse_alone()
    {
        new AlternateScreen(port, mouse: false).Enter();
        var sent = port.Take();
        Assert.StartsWith(KeepTitle + "\e[?1049h", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[?1002h", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mouse_is_switched_on_where_it_is_wanted()
    {
        new AlternateScreen(port, mouse: true).Enter();
        Assert.EndsWith("\e[?1002h\e[?1006h", port.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void Entered_again_without_having_left_the_title_is_not_kept_twice()
    {
        var screen = new AlternateScreen(port, mouse: false);
        screen.Enter();
        port.Take();
        screen.Enter();
        Assert.DoesNotContain(KeepTitle, port.Take(), StringComparison.Ordinal);
        screen.Leave(TerminalMode.Own);
        port.Take();
        screen.Enter();
        Assert.Contains(KeepTitle, port.Take(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TerminalMode.Own, "")]
    [InlineData(TerminalMode.Library, "\e[<u")]
    public void Leaving_takes_everything_back_also_what_the_library_switched_on(TerminalMode mode, string besides)
    {
        new AlternateScreen(port, mouse: false).Leave(mode);
        Assert.Equal(besides + Encoding.ASCII.GetString(TerminalSequences.Leave), port.Take());
    }
}
