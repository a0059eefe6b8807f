using System.Collections.Concurrent;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Tui.Terminal.Input;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.Time;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Input;

public sealed class KeySequenceFilterTests
{
    [Theory]
    [InlineData("\e[25~")]
    [InlineData("\e[7~")]
    [InlineData("\e[8~")]
    [InlineData("\e[200;5~")]
    [InlineData("\e[27;5;13~")]
    [InlineData("\e[99999999999999~")]
    [InlineData("\e[~")]
    [InlineData("\e[<3~")]
    [InlineData("\e[201~")]
    public void A_key_the_library_does_not_know_gets_a_final_it_swallows(string sequence) =>
        Assert.Equal(sequence[..^1] + "x", Filter(sequence));

    [Theory]
    [InlineData("\e[3~")]
    [InlineData("\e[3;5~")]
    [InlineData("\e[15~")]
    [InlineData("\e[24;2~")]
    [InlineData("\e[200~pasted ~ text \e[25~ with a key in it\e[201~")]
    [InlineData("\e[A")]
    [InlineData("\eOP")]
    [InlineData("~")]
    [InlineData("\e~")]
    [InlineData("\e\e[5~")]
    [InlineData("a[25~")]
    public void Everything_else_passes_as_it_came(string sequence) => Assert.Equal(sequence, Filter(sequence));

    [Theory]
    [InlineData("\e[25~")]
    [InlineData("\e[7~")]
    [InlineData("\e[200;5~")]
    [InlineData("\e[201~")]
    public void Without_the_filter_the_library_throws_on_such_a_key(string sequence) =>
        Assert.Throws<NullReferenceException>(() => Process(sequence));

    [Fact]
    public void The_end_of_a_paste_that_stalled_until_it_was_given_up_is_made_harmless()
    {
        var time = new FakeTimeProvider();
        var filter = new KeySequenceFilter(time);
        Assert.Equal("\e[200~half", string.Concat("\e[200~half".Select(filter.Next)));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("\e[201x", string.Concat("\e[201~".Select(filter.Next)));
    }

    [Fact]
    public void A_paste_that_goes_on_slowly_ends_as_it_should()
    {
        var time = new FakeTimeProvider();
        var filter = new KeySequenceFilter(time);
        _ = string.Concat("\e[200~half".Select(filter.Next));
        for (var piece = 0; piece < 3; piece++)
        {
            time.Advance(TimeSpan.FromSeconds(4));
            Assert.Equal('x', filter.Next('x'));
        }

        Assert.Equal("\e[201~", string.Concat("\e[201~".Select(filter.Next)));
    }

    [Fact]
    public void A_filtered_key_does_not_reach_the_screen_and_the_next_one_does() =>
        Assert.Equal([Key.A], Process(Filter("\e[25~a")));

    [Fact]
    public void No_key_of_a_keypad_makes_the_library_throw()
    {
        Assert.Throws<NullReferenceException>(() => Process("\eOO"));
        Assert.Equal("\eOEa", Filter("\eOOa"));
        for (var final = '\0'; final < '\u0100'; final++)
        {
            _ = Process(Filter($"\eO{final}"));
        }
    }

    [Fact]
    public void No_sequence_of_characters_makes_the_library_throw()
    {
        var piece = Gen.OneOf(
            Gen.Int[0, 300].Select(number => $"\e[{number}~"),
            Gen.Select(Gen.Int[0, 300], Gen.Int[0, 20]).Select((number, modifier) => $"\e[{number};{modifier}~"),
            Gen.Char["\e[]O~;:<>?0123456789ABCDHFPQRSuMm\a\\ a\u007F"].Select(character => character.ToString()),
            Gen.Char['\0', '\uFFFF'].Select(character => character.ToString()));
        piece.Array[1, 12].Select(string.Concat).Sample(received => Process(Filter(received)), iter: 3000);
    }

    private static string Filter(string received)
    {
        var filter = new KeySequenceFilter();
        return string.Concat(received.Select(filter.Next));
    }

    private static List<Key> Process(string received)
    {
        var time = new VirtualTimeProvider();
        var keys = new List<Key>();
        using var processor = new AnsiInputProcessor(new ConcurrentQueue<char>(received), time);
        processor.KeyDown += (_, key) => keys.Add(key);
        processor.ProcessQueue();
        // What is held back as the beginning of something is let go.
        time.Advance(TimeSpan.FromSeconds(10));
        processor.ProcessQueue();
        return keys;
    }
}
