using System.Text.Json;
using OpsManager.Contract;
using Xunit;

namespace OpsManager.Tests.Contract;

public sealed class LifecycleTests
{
    public static TheoryData<Lifecycle, string> Words => new()
    {
        { Lifecycle.Unknown, "unknown" },
        { Lifecycle.Idle, "idle" },
        { Lifecycle.Running, "running" },
        { Lifecycle.AwaitingApproval, "awaiting_approval" },
        { Lifecycle.Complete, "complete" },
        { Lifecycle.Stopped, "stopped" },
        { Lifecycle.Failed, "failed" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void A_lifecycle_has_one_word_on_screen_in_files_and_in_tapes(Lifecycle lifecycle, string word)
    {
        Assert.Equal(word, lifecycle.Word());
        Assert.Equal($"\"{word}\"", JsonSerializer.Serialize(lifecycle));
        Assert.True(LifecycleWords.TryParse(word, out var parsed));
        Assert.Equal(lifecycle, parsed);
    }

    [Fact]
    public void Every_lifecycle_has_a_word_of_its_own()
    {
        var all = Enum.GetValues<Lifecycle>();

        Assert.Equal(7, all.Length);
        Assert.Equal(7, all.Select(static lifecycle => lifecycle.Word()).Distinct().Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Running")]
    [InlineData(" running")]
    [InlineData("AwaitingApproval")]
    [InlineData("2")]
    public void Any_other_text_is_no_lifecycle(string? word)
    {
        Assert.False(LifecycleWords.TryParse(word, out var parsed));
        Assert.Equal(Lifecycle.Unknown, parsed);
    }
}
