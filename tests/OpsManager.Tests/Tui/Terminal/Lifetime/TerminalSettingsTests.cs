using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Terminal.Unix;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Lifetime;

public sealed unsafe class TerminalSettingsTests : IDisposable
{
    private const int ReadWrite = 2;

    private readonly int terminal = Libc.Open("/dev/ptmx", ReadWrite | Libc.NoControllingTty);

    [Fact]
    public void A_terminal_is_raw_and_afterwards_as_it_was()
    {
        var before = Read();
        var settings = new TerminalSettings(terminal);
        Assert.True(settings.AreSaved);
        settings.SetRaw();
        Assert.NotEqual(before, Read());
        settings.PutBack();
        Assert.Equal(before, Read());
    }

    [Fact]
    public void Of_what_is_no_terminal_nothing_is_saved_and_nothing_put_back()
    {
        var settings = new TerminalSettings(-1);
        Assert.False(settings.AreSaved);
        settings.SetRaw();
        settings.PutBack();
    }

    public void Dispose() => _ = Libc.Close(terminal);

    private byte[] Read()
    {
        var termios = new byte[Libc.TermiosSize];
        fixed (byte* start = termios)
        {
            Assert.Equal(0, Libc.TcGetAttr(terminal, start));
        }

        return termios;
    }
}
