using System.Text;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Terminal.Output;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Lifetime;

[Collection(nameof(ProcessWide))]
public sealed class TerminalGuardTests : IDisposable
{
    private static readonly string Leave = Encoding.ASCII.GetString(TerminalSequences.Leave);

    private readonly MemoryPort port = new();
    private readonly TerminalGuard guard;

    public TerminalGuardTests() => guard = new TerminalGuard(port, descriptor: -1);

    [Fact]
    public void The_terminal_is_given_back_exactly_once()
    {
        guard.Enter();
        Assert.Contains("\e[?1049h", port.Take(), StringComparison.Ordinal);
        guard.Restore();
        guard.Restore();
        guard.Dispose();
        Assert.Equal(Leave, port.Take());
    }

    [Fact]
    public void The_last_bytes_leave_the_alternate_screen_and_show_the_cursor()
    {
        guard.Enter();
        port.Take();
        guard.Restore();
        var sent = port.Take();
        Assert.EndsWith("\e[?1049l\e[23;0t\e[?25h", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_that_was_never_taken_is_not_touched()
    {
        guard.Restore();
        Assert.Equal("", port.Take());
    }

    [Fact]
    public void The_mouse_is_left_alone_unless_it_is_asked_for()
    {
        guard.Enter();
        Assert.DoesNotMatch("\\e\\[\\?(9|10[0-9]+)h", port.Take().Replace("\e[?1049h", "", StringComparison.Ordinal));
        using var withMouse = new TerminalGuard(port, mouse: true, descriptor: -1);
        withMouse.Enter();
        Assert.Contains("\e[?1002h\e[?1006h", port.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mouse_that_another_program_left_on_is_switched_off_at_the_start()
    {
        guard.Enter();
        var sent = port.Take();
        foreach (var mode in new[] { 9, 1000, 1002, 1003, 1005, 1006, 1015 })
        {
            Assert.Contains($"\e[?{mode}l", sent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Continued_after_a_stop_that_gave_no_warning_the_title_is_not_kept_again()
    {
        guard.Enter();
        Assert.Contains("\e[22;0t", port.Take(), StringComparison.Ordinal);
        guard.OnContinued();
        var again = port.Take();
        Assert.Contains("\e[?1049h", again, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[22;0t", again, StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_terminal_was_lent_the_title_of_then_is_kept()
    {
        guard.Enter();
        port.Take();
        guard.Lend(static () => { });
        var sent = port.Take();
        Assert.Contains("\e[23;0t", sent, StringComparison.Ordinal);
        Assert.Contains("\e[22;0t", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void Ending_passes_the_code_on()
    {
        var told = new List<int>();
        guard.Ending = told.Add;
        guard.Enter();
        guard.End(143);
        guard.Restore();
        Assert.Equal([143], told);
    }

    [Fact]
    public void Others_are_told_when_the_terminal_is_not_ours()
    {
        var away = new List<bool>();
        guard.AwayChanged = away.Add;
        guard.Enter();
        guard.Restore();
        Assert.Equal([false, true], away);
    }

    [Fact]
    public void What_the_library_switched_on_is_switched_off_as_well()
    {
        guard.Enter();
        guard.LetLibraryIn();
        port.Take();
        guard.Restore();
        Assert.StartsWith("\e[<u", port.Take(), StringComparison.Ordinal);
    }

    public void Dispose() => guard.Dispose();
}
