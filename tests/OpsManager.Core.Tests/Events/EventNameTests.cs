using Xunit;

namespace OpsManager.Core.Tests.Events;

public sealed class EventNameTests
{
    [Theory]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","type":"x","event":""}""")]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","event":"","type":"x"}""")]
    public void An_empty_event_leaves_the_name_to_type_wherever_it_stands(string line) => Assert.Equal("x", LogText.Moment(line).Name);

    [Fact]
    public void A_field_name_that_is_written_with_escapes_is_the_same_field() =>
        Assert.Equal("x", LogText.Moment("""{"timest\u0061mp":"2026-11-22T19:00:01Z","\u0065vent":"x"}""").Name);
}
