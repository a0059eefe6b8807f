using System.Text;
using Xunit;

namespace OpsManager.EndToEnd.Wire;

public sealed class WireVocabularyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\e[22;0t\e[?1049h\e[0m\e[2J\e[?25l\e[?2004h\e[?1l\e>\e[?9l\e[?1005l")]
    [InlineData("\e[?2026h\e[3;14H\e[1;38;5;209;48;2;1;2;255mplain\e[C\e[12C\e[0;97;40;39;49m─│\e[?2026l")]
    [InlineData("\e]0;ops-manager ␛ app\e\\")]
    [InlineData("日本 e\u0301 क\u093F 👩\u200D👩\u200D👧 ❤\uFE0F \uFFFD ␛[2J")]
    public void What_the_screen_sends_passes(string sent) => Assert.Null(WireVocabulary.Own.FirstStranger(Encoding.UTF8.GetBytes(sent)));

    [Theory]
    [InlineData("\e[3J")]
    [InlineData("\e[6n")]
    [InlineData("\e[?1003h")]
    [InlineData("\e[?25;1h")]
    [InlineData("\e[1;1")]
    [InlineData("\e[1;1H\e")]
    [InlineData("\e[0;0H")]
    [InlineData("\e[5A")]
    [InlineData("\e[8m")]
    [InlineData("\e[38;5;256m")]
    [InlineData("\e[38;5m")]
    [InlineData("\e[38:5:1m")]
    [InlineData("\e[m")]
    [InlineData("\e[?1h")]
    [InlineData("\ec")]
    [InlineData("\e=")]
    [InlineData("\eP1;2q\e\\")]
    [InlineData("\e]0;a\u009Cb\e\\")]
    [InlineData("\e]0;a\a")]
    [InlineData("\e]0;unfinished")]
    [InlineData("\e]2;title\e\\")]
    [InlineData("\e]8;;http://example.org\e\\link\e]8;;\e\\")]
    [InlineData("\e]52;c;b3duZWQ=\a")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\rb")]
    [InlineData("\0")]
    [InlineData("\a")]
    [InlineData("\u007F")]
    [InlineData("\u009B2J")]
    [InlineData("\u202Eabc")]
    [InlineData("\u2066abc")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u200Db")]
    [InlineData("👩\u200Db")]
    [InlineData("\uFEFF")]
    [InlineData("\u2028")]
    [InlineData("\uE000")]
    [InlineData("\u00AD")]
    [InlineData("\u3164")]
    [InlineData("\U000E0041")]
    [InlineData("\U0010FFFF")]
    [InlineData("\u0301alone")]
    [InlineData("\e[1;1H\u0301")]
    [InlineData("a\u0301\u0302\u0303\u0304\u0305")]
    public void Anything_else_is_found(string sent) => Assert.NotNull(WireVocabulary.Own.FirstStranger(Encoding.UTF8.GetBytes(sent)));

    [Theory]
    [InlineData(new byte[] { 0x9B, 0x32, 0x4A })]
    [InlineData(new byte[] { 0x61, 0xC3 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    public void Bytes_that_are_no_UTF_8_are_found(byte[] sent) => Assert.NotNull(WireVocabulary.Own.FirstStranger(sent));

    [Fact]
    public void What_is_allowed_besides_is_allowed_where_it_was_said()
    {
        Assert.NotNull(new WireVocabulary { BeyondAscii = false }.FirstStranger("é"u8));
        Assert.Null(new WireVocabulary { Clipboard = true }.FirstStranger("\e]52;c;b3duZWQ=\a"u8));
        Assert.NotNull(new WireVocabulary { Clipboard = true }.FirstStranger("\e]52;c;?\a"u8));
        Assert.Null(new WireVocabulary { Besides = ["\e[?1003h", "\e]11;?\e\\"] }.FirstStranger("\e[?1003h\e]11;?\e\\"u8));
        Assert.Null(new WireVocabulary { RenditionsBesides = [22] }.FirstStranger("\e[22;1m"u8));
        Assert.Null(new WireVocabulary { Clipboard = true }.FirstStranger("\ePtmux;\e\e]52;c;b3duZWQ=\a\e\\"u8));
        Assert.NotNull(new WireVocabulary { Clipboard = true }.FirstStranger("\ePtmux;\e\e]0;title\e\\"u8));
    }

    [Fact]
    public void The_place_is_told() => Assert.Equal("at byte 2: <1B>[3J, after ab", WireVocabulary.Own.FirstStranger("ab\e[3J"u8));
}
