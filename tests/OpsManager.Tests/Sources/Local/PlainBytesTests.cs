using System.Text;
using CsCheck;
using OpsManager.Sources.Local;
using Xunit;

namespace OpsManager.Tests.Sources.Local;

public sealed class PlainBytesTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("\e[31mre\e[0md\e[1;38;5;9m", "red")]
    [InlineData("\e[", "\e[")]
    [InlineData("a\e[31", "a\e[31")]
    [InlineData("\e\e[0mx\e]0;title\a", "\ex\e]0;title\a")]
    [InlineData("\e[1\nm", "\e[1\nm")]
    public void Whole_sequences_are_taken_out_and_nothing_else(string bytes, string left) =>
        Assert.Equal(left, Encoding.UTF8.GetString(new PlainBytes().In(Encoding.UTF8.GetBytes(bytes))));

    [Fact]
    public void Every_byte_that_is_left_is_known_to_stand_where_it_stood() =>
        Gen.OneOf("\e", "[", "3", "1;2", "m", "K", "x", "\n", "\e[0m").Array[0, 24].Sample(static parts =>
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(parts));
            var plain = new PlainBytes();
            var left = plain.In([.. bytes]).ToArray();
            _ = plain.In([.. bytes]);
            for (var i = 0; i < left.Length; i++)
            {
                Assert.Equal(left[i], bytes[plain.Original(i)]);
            }
        });
}
