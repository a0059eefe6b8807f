using System.Text;
using OpsManager.Core.Events;
using Xunit;

namespace OpsManager.Core.Tests.Events;

public sealed class WordTableTests
{
    private readonly WordTable words = new();

    [Fact]
    public void A_word_has_one_number_and_the_number_has_the_word()
    {
        var number = Number("planner");

        Assert.Equal(number, Number("planner"));
        Assert.NotEqual(number, Number("planner2"));
        Assert.Equal("planner", words[number]);
    }

    [Theory]
    [InlineData("loop_start", KnownEvents.LoopStart)]
    [InlineData("role_end", KnownEvents.RoleEnd)]
    [InlineData("validation_end", KnownEvents.ValidationEnd)]
    [InlineData("loop_complete", KnownEvents.LoopComplete)]
    [InlineData("no_progress_stop", KnownEvents.NoProgressStop)]
    [InlineData("approval_wait", KnownEvents.ApprovalWait)]
    public void Known_events_have_the_same_number_in_every_log(string name, ushort expected) => Assert.Equal(expected, Number(name));

    [Fact]
    public void No_text_has_the_number_of_none()
    {
        Assert.Equal(WordTable.None, Number(""));
        Assert.Null(words[WordTable.None]);
        Assert.Null(words[WordTable.NotKept]);
    }

    [Fact]
    public void A_word_at_the_limit_is_kept_and_a_longer_one_is_not()
    {
        var longest = new string('x', WordTable.MaxBytes);

        Assert.Equal(longest, words[Number(longest)]);
        Assert.Equal(WordTable.NotKept, Number(longest + "x"));
        Assert.Equal(WordTable.NotKept, Number(new string('é', (WordTable.MaxBytes / 2) + 1)));
    }

    [Fact]
    public void A_full_table_keeps_what_it_has_and_takes_no_more()
    {
        var numbers = Enumerable.Range(0, 70_000).Select(i => Number($"w{i}")).ToArray();
        var kept = numbers.Where(static number => number != WordTable.NotKept).ToArray();

        Assert.InRange(kept.Length, 65_000, 65_535);
        Assert.Equal(kept.Length, kept.Distinct().Count());
        Assert.Equal(WordTable.NotKept, numbers[^1]);
        Assert.Equal("w0", words[numbers[0]]);
        Assert.Equal(numbers[0], Number("w0"));
        Assert.Equal(KnownEvents.LoopStop, Number("loop_stop"));
    }

    [Fact]
    public void A_word_in_other_scripts_is_found_again()
    {
        foreach (var word in new[] { "é", "漢字", "😀", "a\u0301" })
        {
            Assert.Equal(Number(word), Number(word));
            Assert.Equal(word, words[Number(word)]);
        }
    }

    private ushort Number(string text) => words.Number(Encoding.UTF8.GetBytes(text));
}
