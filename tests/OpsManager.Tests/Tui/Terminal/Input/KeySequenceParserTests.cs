using Microsoft.Extensions.Time.Testing;
using OpsManager.Tui.Terminal.Input;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Input;

/// <summary>The sequences; what their times mean is in <see cref="KeySequenceAssemblerTests"/>.</summary>
public sealed class KeySequenceParserTests
{
    private readonly KeySequenceParser parser = new(new KeySequenceFilter(new FakeTimeProvider()));

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("\e[1;5C", "\e[1;5C")]
    [InlineData("\eOP", "\eOP")]
    [InlineData("\e[[B", "\e[12~")]
    [InlineData("\e<", "\e[60;3u")]
    [InlineData("\e\e", CsiU.Escape)]
    [InlineData("\e]0;title\aj", "j")]
    [InlineData("\eP1$r0m\e\\j", "j")]
    [InlineData("\e[M !!j", "j")]
    [InlineData("\e[32;10;20Mj", "j")]
    [InlineData("\e[Ij", "j")]
    public void A_whole_sequence_is_passed_on_as_a_key_or_dropped(string read, string passed) => Assert.Equal(passed, Read(read));

    [Fact]
    public void A_key_is_held_until_it_is_whole()
    {
        Assert.False(parser.IsHolding);
        Assert.Equal("", Read("\e[5"));
        Assert.True(parser.IsHolding);
        Assert.Equal("\e[5~", Read("~"));
        Assert.False(parser.IsHolding);
    }

    [Fact]
    public void Escape_that_is_given_up_is_the_key_and_its_rest_does_not_act()
    {
        Read("\e");
        Assert.Equal(CsiU.Escape, GiveUp());
        Assert.Equal("j", Read("[Bj"));
    }

    [Fact]
    public void After_a_long_time_what_looks_like_a_rest_was_typed()
    {
        Read("\e");
        GiveUp();
        parser.ForgetGivenUp();
        Assert.Equal("[B", Read("[B"));
    }

    [Fact]
    public void A_sequence_that_is_given_up_is_held_no_more_and_swallowed_to_its_end()
    {
        Read("\e[1;");
        Assert.Equal("", GiveUp());
        Assert.False(parser.IsHolding);
        Assert.Equal("j", Read("5Cj"));
    }

    [Fact]
    public void Its_end_is_not_waited_for_for_ever()
    {
        Read("\e[1;");
        GiveUp();
        parser.ForgetGivenUp();
        Assert.Equal("5C", Read("5C"));
    }

    [Fact]
    public void Escape_and_another_key_are_two_keys_unless_they_came_together()
    {
        Assert.Equal("\ev", Read("\ev"));
        Assert.Equal($"{CsiU.Escape}v", Read("\e") + Read("v", together: false));
    }

    [Fact]
    public void With_nothing_held_there_is_nothing_to_give_up()
    {
        Assert.Equal("", GiveUp());
        Assert.Equal("a", Read("a"));
    }

    private string Read(string text, bool together = true)
    {
        var ready = new List<char>();
        for (var index = 0; index < text.Length; index++)
        {
            parser.Next(text[index], together || index > 0, index + 1 < text.Length ? text[index + 1] : null, ready);
        }

        return string.Concat(ready);
    }

    private string GiveUp()
    {
        var ready = new List<char>();
        parser.GiveUp(ready);
        return string.Concat(ready);
    }
}
