using OpsManager.Tui.Terminal.Input;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Input;

public sealed class HeldSequenceTests
{
    private readonly HeldSequence held = new();

    [Fact]
    public void At_first_nothing_is_held() => Assert.Equal((SequencePlace.Ground, 0, false), (held.Place, held.Count, held.IsDropped));

    [Fact]
    public void A_sequence_begins_with_escape_whatever_was_held()
    {
        held.Begin();
        held.Go(SequencePlace.Sequence, '[');
        held.Drop();
        held.Begin();
        Assert.Equal((SequencePlace.Escape, 1, false), (held.Place, held.Count, held.IsDropped));
        Assert.Equal('\e', held[0]);
    }

    [Fact]
    public void Going_on_holds_the_character_that_led_there()
    {
        held.Begin();
        held.Go(SequencePlace.Sequence, '[');
        held.Hold('5');
        Assert.Equal((SequencePlace.Sequence, "\e[5"), (held.Place, $"{held[0]}{held[1]}{held[2]}"));
    }

    [Fact]
    public void A_sequence_longer_than_any_key_is_dropped_and_does_not_grow()
    {
        held.Begin();
        held.Go(SequencePlace.String, ']');
        for (var index = 0; index < 10_000; index++)
        {
            held.Hold('x');
        }

        Assert.True(held.IsDropped);
        Assert.InRange(held.Count, 2, 100);
    }

    [Fact]
    public void After_a_reset_nothing_is_held_or_dropped()
    {
        held.Begin();
        held.Drop();
        held.Reset();
        Assert.Equal((SequencePlace.Ground, 0, false), (held.Place, held.Count, held.IsDropped));
    }
}
