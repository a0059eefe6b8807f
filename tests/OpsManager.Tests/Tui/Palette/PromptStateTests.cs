using OpsManager.Tui.Palette;
using Xunit;

namespace OpsManager.Tests.Tui.Palette;

public sealed class PromptStateTests
{
    [Fact]
    public void Text_is_typed_and_deleted_where_the_cursor_is()
    {
        var prompt = PromptState.Palette().Insert("role").Left().Left().Insert("X");

        Assert.Equal(("roXle", 3), (prompt.Text, prompt.Cursor));
        Assert.Equal("role", prompt.DeleteBack().Text);
        Assert.Equal("roXe", prompt.DeleteForward().Text);
        Assert.Equal("YroXle", prompt.ToStart().Insert("Y").Text);
        Assert.Equal("roXleZ", prompt.ToEnd().Insert("Z").Text);
    }

    [Fact]
    public void A_letter_goes_together_with_its_marks_and_a_wide_one_in_one_step()
    {
        var prompt = PromptState.Palette().Insert("ae\u0301\U0001F600");

        Assert.Equal("ae\u0301", prompt.DeleteBack().Text);
        Assert.Equal("a", prompt.DeleteBack().DeleteBack().Text);
        Assert.Equal(1, prompt.Left().Left().Cursor);
        Assert.Equal(3, prompt.Left().Left().Right().Cursor);
    }

    [Fact]
    public void At_its_ends_nothing_is_left_to_delete_or_to_go_to()
    {
        var empty = PromptState.Palette();

        Assert.Equal(empty, empty.DeleteBack().DeleteForward().DeleteWord().DeleteLine().Left().Right());
    }

    [Fact]
    public void A_word_is_deleted_with_the_blanks_behind_it()
    {
        var prompt = PromptState.Palette().Insert("role:planner status:error  ");

        Assert.Equal("role:planner ", prompt.DeleteWord().Text);
        Assert.Equal("", prompt.DeleteWord().DeleteWord().Text);
    }

    [Theory]
    [InlineData("a\e[31mb")]
    [InlineData("a\nb")]
    [InlineData("a\u202Eb")]
    [InlineData("a\uD800b")]
    public void What_is_pasted_is_made_harmless(string pasted)
    {
        var prompt = PromptState.Palette().Insert(pasted);

        Assert.DoesNotContain(prompt.Text, static c => char.IsControl(c) || char.IsSurrogate(c) || c == '\u202E');
        Assert.StartsWith("a", prompt.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_a_line_can_hold_is_refused_whole()
    {
        var prompt = PromptState.Palette().Insert("a");

        Assert.Equal("a", prompt.Insert(new string('x', 10_000)).Text);
    }
}
