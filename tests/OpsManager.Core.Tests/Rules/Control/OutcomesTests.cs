using OpsManager.Core.Rules.Control;
using Xunit;

namespace OpsManager.Core.Tests.Rules.Control;

/// <summary>Which of two results says more: a later one may only add to what was told.</summary>
public sealed class OutcomesTests
{
    [Theory]
    [InlineData("approve", "completed,consumed,contradicted,observed,refused,unknown,")]
    [InlineData("reject", "completed,consumed,contradicted,observed,refused,unknown,")]
    [InlineData("cancel", "completed,consumed,observed,contradicted,refused,unknown,")]
    public void Each_word_says_more_than_every_word_after_it(string intent, string words)
    {
        string?[] order = [.. words.Split(',').Select(static word => word.Length == 0 ? null : word)];
        for (var first = 0; first < order.Length; first++)
        {
            Assert.False(Outcomes.IsMore(order[first], order[first], intent));
            for (var second = first + 1; second < order.Length; second++)
            {
                Assert.True(Outcomes.IsMore(order[first], order[second], intent), $"{order[first]} over {order[second]}");
                Assert.False(Outcomes.IsMore(order[second], order[first], intent), $"{order[second]} over {order[first]}");
            }
        }
    }

    [Fact]
    public void A_word_of_another_tool_says_nothing() => Assert.False(Outcomes.IsMore("magic", null, "approve"));
}
