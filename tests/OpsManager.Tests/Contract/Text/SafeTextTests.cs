using System.Globalization;
using System.Text;
using CsCheck;
using OpsManager.Contract.Text;
using Xunit;

namespace OpsManager.Tests.Contract.Text;

public sealed class SafeTextTests
{
    private static readonly string[] Pieces =
        ["\u200D", "\u202E", "\u2066", "\uFEFF", "\uFE0F", "你", "가", "👨", "👩‍👧", "🏽", "🇩", "\U000E0041", "\e[2J", "\e]0;x\a"];

    // Everything that has a rule of its own, mixed with what has none.
    internal static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Char[' ', '~'].Select(character => character.ToString()),
        Gen.Char['\0', '\u009F'].Select(character => character.ToString()),
        Gen.Char['\0', '\uFFFF'].Select(character => character.ToString()),
        Gen.Char['\u0300', '\u036F'].Select(character => character.ToString()),
        Gen.Char['\uD800', '\uDFFF'].Select(character => character.ToString()),
        Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]))
        .Array[0, 30].Select(string.Concat);

    [Theory]
    [InlineData("A\e[2JB", "A␛[2JB")]
    [InlineData("A\0\a\bB", "A␀␇␈B")]
    [InlineData("A\u007FB", "A␡B")]
    [InlineData("A\tB\r\nC", "A B  C")]
    [InlineData("A\u009B31mB", "A\uFFFD31mB")]
    [InlineData("A\u202EB\u2066C", "A\uFFFDB\uFFFDC")]
    [InlineData("A\u200BB\uFEFFC\u00ADD", "A\uFFFDB\uFFFDC\uFFFDD")]
    [InlineData("A\u2028B\u2029C", "A\uFFFDB\uFFFDC")]
    [InlineData("A\uE000B\U000F0000C", "A\uFFFDB\uFFFDC")]
    [InlineData("A\U000E0041B", "A\uFFFDB")]
    [InlineData("A\u3164B", "A\uFFFDB")]
    [InlineData("A\uFFFFB", "A\uFFFDB")]
    public void What_could_act_on_the_terminal_or_hide_is_replaced_by_something_visible(string text, string expected) =>
        Assert.Equal(expected, SafeText.Clean(text));

    [Theory]
    [InlineData("plain ascii")]
    [InlineData("你好 é naïve ∑ │─┐ ░▒▓")]
    [InlineData("e\u0301")]
    [InlineData("👍🏽 🇩🇪 ❤️")]
    public void Harmless_text_comes_back_as_the_same_instance(string text) => Assert.Same(text, SafeText.Clean(text));

    [Fact]
    public void Null_is_the_empty_text() => Assert.Equal("", SafeText.Clean((string?)null));

    [Fact]
    public void Lone_surrogates_are_replaced_one_by_one() =>
        Assert.Equal("A\uFFFD\uFFFDB\uFFFD", SafeText.Clean("A\uD800\uD800B\uDC00"));

    [Fact]
    public void A_base_keeps_four_marks_and_loses_the_rest() =>
        Assert.Equal("e\u0301\u0301\u0301\u0301x", SafeText.Clean("e" + new string('\u0301', 50) + "x"));

    [Fact]
    public void A_mark_without_a_base_does_not_join_what_stands_before_it_on_the_screen() =>
        Assert.Equal("\uFFFDx", SafeText.Clean("\u0301x"));

    [Fact]
    public void A_joiner_stays_between_pictographs() => Assert.Equal("👨‍👩‍👧 ❤️‍🔥", SafeText.Clean("👨‍👩‍👧 ❤️‍🔥"));

    [Theory]
    [InlineData("a\u200Db", "a\uFFFDb")]
    [InlineData("👨\u200Db", "👨\uFFFDb")]
    [InlineData("a\u200D👨", "a\uFFFD👨")]
    [InlineData("👨\u200D", "👨\uFFFD")]
    public void A_joiner_anywhere_else_is_replaced(string text, string expected) => Assert.Equal(expected, SafeText.Clean(text));

    [Fact]
    public void A_longer_text_than_asked_for_is_cut_and_says_so() => Assert.Equal("abc…", SafeText.Clean("abcdef", 3));

    [Fact]
    public void A_text_of_exactly_the_length_asked_for_is_not_cut() => Assert.Equal("你b\uFFFD", SafeText.Clean("你b\u0080", 3));

    [Fact]
    public void The_bound_counts_characters_and_not_their_halves() => Assert.Equal("😀😀…", SafeText.Clean("😀😀😀", 2));

    [Fact]
    public void Printable_bytes_are_read_as_they_are() => Assert.Equal("plain", SafeText.Clean("plain"u8));

    [Fact]
    public void Invalid_bytes_are_replaced_and_what_follows_them_is_kept() =>
        Assert.Equal("a\uFFFDb\uFFFDé␛", SafeText.Clean([(byte)'a', 0xFF, (byte)'b', 0xE2, 0x82, 0xC3, 0xA9, 0x1B]));

    [Fact]
    public void Bytes_past_the_bound_are_cut_like_characters() =>
        Assert.Equal("ééé…", SafeText.Clean(Encoding.UTF8.GetBytes(new string('é', 10_000)), 3));

    [Fact]
    public void Whatever_comes_in_what_comes_out_is_clean_and_stays_as_it_is() => AnyText.Sample(text =>
    {
        var clean = SafeText.Clean(text);
        return SafeText.IsClean(clean)
            && ReferenceEquals(clean, SafeText.Clean(clean))
            && clean
                .EnumerateRunes()
                .All(rune => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.PrivateUse)
                && (rune.Value == 0x200D || Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format));
    });

    [Fact]
    public void Bytes_and_characters_are_cleaned_alike() => AnyText.Sample(text =>
    {
        var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return SafeText.Clean(Encoding.UTF8.GetBytes(valid)) == SafeText.Clean(valid);
    });

    [Fact]
    public void Dirty_text_is_not_called_clean() => Assert.False(SafeText.IsClean("a\eb"));
}
