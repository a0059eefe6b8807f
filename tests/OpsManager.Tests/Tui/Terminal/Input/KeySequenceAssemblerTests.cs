using System.Collections.Concurrent;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Tui.Terminal.Input;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.Time;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Input;

public sealed class KeySequenceAssemblerTests
{
    private const string Escape = "\e[27u";
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(300);

    private readonly FakeTimeProvider time = new();
    private readonly KeySequenceAssembler assembler;

    public KeySequenceAssemblerTests() => assembler = new KeySequenceAssembler(Wait, time);

    [Theory]
    [InlineData("\e[B")]
    [InlineData("\e[1;5C")]
    [InlineData("\e[5~")]
    [InlineData("\eOP")]
    [InlineData("\e[60;3u")]
    public void A_key_torn_anywhere_is_passed_on_whole(string key)
    {
        for (var at = 1; at < key.Length; at++)
        {
            Assert.Equal("", Take(key[..at]));
            Pass(80);
            Assert.Equal(key, Take(key[at..]));
            Pass(2000);
        }
    }

    [Fact]
    public void A_key_of_which_every_byte_comes_alone_is_passed_on_whole()
    {
        var got = "";
        foreach (var one in "\e[1;5C")
        {
            got += Take(one.ToString());
            Pass(250);
        }

        Assert.Equal("\e[1;5C", got);
    }

    [Fact]
    public void Esc_alone_acts_after_the_wait()
    {
        Assert.Equal("", Take("\e"));
        Assert.Equal(Wait, assembler.Left);
        Pass(100);
        Assert.Equal(TimeSpan.FromMilliseconds(200), assembler.Left);
        Assert.Equal(Escape, GiveUp());
        Assert.Null(assembler.Left);
    }

    [Theory]
    [InlineData("[B")]
    [InlineData("[1;5C")]
    [InlineData("OP")]
    [InlineData("[M !!")]
    [InlineData("[[A")]
    public void The_rest_of_a_key_whose_Esc_was_given_up_does_not_act(string rest)
    {
        Take("\e");
        Assert.Equal(Escape, GiveUp());
        Pass(1500);
        Assert.Equal("j", Take(rest + "j"));
    }

    [Fact]
    public void The_rest_does_not_act_either_when_it_is_torn_again()
    {
        Take("\e");
        Assert.Equal(Escape, GiveUp());
        Pass(500);
        Assert.Equal("", Take("["));
        Pass(200);
        Assert.Equal("j", Take("Bj"));
    }

    [Theory]
    [InlineData("\e[", "B")]
    [InlineData("\e[1;", "5C")]
    [InlineData("\e[M", " !!")]
    [InlineData("\e[M ", "kk")]
    [InlineData("\e[[", "A")]
    [InlineData("\e]11;rgb:", "aaaa/bbbb/cccc\a")]
    [InlineData("\e]11;rgb:", "aaaa/bbbb/cccc\e\\")]
    public void A_sequence_that_was_given_up_in_the_middle_is_swallowed_to_its_end(string beginning, string end)
    {
        Assert.Equal("", Take(beginning));
        Assert.Equal("", GiveUp());
        Pass(1500);
        Assert.Equal("j", Take(end + "j"));
    }

    [Fact]
    public void What_comes_long_after_was_typed()
    {
        Take("\e[1;");
        GiveUp();
        Pass(3001);
        Assert.Equal("5C", Take("5C"));
    }

    [Fact]
    public void Esc_and_then_a_bracket_by_hand_are_two_keys()
    {
        Take("\e");
        Assert.Equal(Escape, GiveUp());
        Pass(500);
        Assert.Equal("", Take("["));
        Assert.Equal(Wait, assembler.Left);
        Assert.Equal("[", GiveUp());
        Pass(100);
        Assert.Equal("j", Take("j"));
    }

    [Theory]
    [InlineData("Open", "Open")]
    [InlineData("j[B", "j[B")]
    [InlineData("Z", "Z")]
    public void What_is_no_rest_of_a_key_was_typed(string typed, string passed)
    {
        Take("\e");
        Assert.Equal(Escape, GiveUp());
        Pass(500);
        Assert.Equal(passed, Take(typed));
    }

    [Theory]
    [InlineData("\e[M !!")]
    [InlineData("\e[Mabc")]
    [InlineData("\e[M#é\u00FF")]
    [InlineData("\e[32;10;20M")]
    [InlineData("\e[I")]
    [InlineData("\e[O")]
    public void Reports_of_a_mode_that_another_program_left_on_are_no_keys(string report) =>
        Assert.Equal("aj", Take($"a{report}{report}j"));

    [Theory]
    [InlineData("\e[M \e[B", "\e[B")]
    [InlineData("\e[1;\e[B", "\e[B")]
    [InlineData("\e]11;x\e[B", "\e[B")]
    [InlineData("\e[1\rj", "\rj")]
    public void A_sequence_that_breaks_off_takes_no_other_key_with_it(string received, string passed) =>
        Assert.Equal(passed, Take(received));

    [Fact]
    public void Alt_with_a_key_is_one_stroke_also_when_it_is_torn_a_little()
    {
        Take("\e");
        Pass(30);
        Assert.Equal("\ev", Take("v"));
        Take("\e");
        Pass(100);
        Assert.Equal($"{Escape}v", Take("v"));
    }

    [Fact]
    public void What_is_pasted_passes_as_it_is()
    {
        const string pasted = "\e[200~a\e[M !!\e\e[1;\e]x\e[201~";
        Assert.Equal(pasted, Take(pasted));
        Assert.Equal("\e[B", Take("\e[B"));
    }

    [Fact]
    public void A_function_key_of_the_Linux_console_is_a_function_key() => Assert.Equal("\e[11~\e[15~", Take("\e[[A\e[[E"));

    [Fact]
    public void The_library_takes_what_is_passed_on_for_the_keys_that_were_pressed()
    {
        Take("\e");
        Assert.Equal([Key.Esc, Key.CursorDown, Key.F1], Process(GiveUp() + Take("\e[B\eOP")));
    }

    [Fact]
    public void Whatever_arrives_in_whatever_pieces_the_library_never_throws_and_nothing_is_held_for_ever()
    {
        var piece = Gen.OneOf(
            Gen.Char["\e[]O~;:<>?MPIu0123456789AB\a\\ ka\u007F"].Array[1, 8].Select(static characters => new string(characters)),
            Gen.Char['\0', '\uFFFF'].Select(static character => character.ToString()));
        Gen.Select(piece, Gen.Int[0, 400]).Array[1, 12].Sample(pieces =>
        {
            var clock = new FakeTimeProvider();
            var one = new KeySequenceAssembler(Wait, clock);
            var ready = new List<char>();
            foreach (var (text, milliseconds) in pieces)
            {
                one.Take(text, ready);
                clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
                if (one.Left == TimeSpan.Zero)
                {
                    one.GiveUp(ready);
                }
            }

            one.GiveUp(ready);
            Assert.Null(one.Left);
            clock.Advance(TimeSpan.FromSeconds(5));
            var before = ready.Count;
            one.Take("j", ready);
            Assert.Equal(['j'], ready[before..]);
            Process(string.Concat(ready));
        }, iter: 2000);
    }

    private string Take(string read)
    {
        var ready = new List<char>();
        assembler.Take(read, ready);
        return string.Concat(ready);
    }

    private string GiveUp()
    {
        time.Advance(assembler.Left ?? Wait);
        var ready = new List<char>();
        assembler.GiveUp(ready);
        return string.Concat(ready);
    }

    private void Pass(int milliseconds) => time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private static List<Key> Process(string received)
    {
        var libraryTime = new VirtualTimeProvider();
        var keys = new List<Key>();
        using var processor = new AnsiInputProcessor(new ConcurrentQueue<char>(received), libraryTime);
        processor.KeyDown += (_, key) => keys.Add(key);
        processor.ProcessQueue();
        libraryTime.Advance(TimeSpan.FromSeconds(10));
        processor.ProcessQueue();
        return keys;
    }
}
