using Microsoft.Extensions.Time.Testing;
using OpsManager.Tui.Terminal.Input;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Input;

public sealed class KeyIntakeTests : IDisposable
{
    private readonly TestScreen screen = new(20, 5);
    private readonly FakeTimeProvider time = new();
    private readonly KeyIntake intake;
    private readonly List<Key> keys = [];

    public KeyIntakeTests()
    {
        intake = new KeyIntake(screen.App, time);
        screen.App.Keyboard.KeyDown += (_, key) => keys.Add(key);
    }

    [Fact]
    public void What_has_arrived_is_read()
    {
        Arrive("ab");
        Assert.Equal([Key.A, Key.B], keys);
        Assert.Null(intake.Due);
    }

    [Fact]
    public void After_an_escape_the_library_is_not_asked_until_it_may_be_given_up()
    {
        Arrive("\e");
        Assert.Equal(EscapeDelay.Local, intake.Due);
        Pass(59);
        intake.Take();
        Assert.Empty(keys);
        Assert.Equal(TimeSpan.FromMilliseconds(1), intake.Due);
        Pass(1);
        intake.Take();
        Assert.Equal([Key.Esc], keys);
        Assert.Null(intake.Due);
    }

    [Fact]
    public void The_rest_of_a_sequence_is_read_as_soon_as_it_arrives()
    {
        Arrive("\e");
        Pass(59);
        Arrive("[A");
        Assert.Equal([Key.CursorUp], keys);
    }

    [Fact]
    public void A_paste_that_stalls_is_asked_about_when_the_library_gives_it_up()
    {
        Arrive("\e[200~half");
        Assert.Equal(TimeSpan.FromSeconds(5.1), intake.Due);
    }

    public void Dispose() => screen.Dispose();

    private void Arrive(string characters)
    {
        var queue = ((AnsiInputProcessor)screen.App.Driver!.GetInputProcessor()).InputQueue;
        foreach (var character in characters)
        {
            queue.Enqueue(character);
        }

        intake.NoteInput();
        intake.Take();
    }

    /// <summary>The library has a clock of its own.</summary>
    private void Pass(int milliseconds)
    {
        screen.Pass(milliseconds);
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));
    }
}
