using System.Text.Json.Nodes;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using Xunit;

namespace OpsManager.Tests.Contract.Serialization;

public sealed class EnvelopeMessageTests
{
    [Theory]
    [InlineData("event", "[]")]
    [InlineData("sequence", """{"source":"cursor_event_line_offset","value":"three"}""")]
    [InlineData("emittedAt", "\"soon\"")]
    [InlineData("run", """{"runId":null,"iteration":1}""")]
    public void A_message_names_no_type_of_our_own(string field, string value)
    {
        var text = EnvelopeText.Event();
        text[field] = JsonNode.Parse(value);

        var fault = Assert.Throws<ContractException>(() => EnvelopeReader.Event(EnvelopeText.Utf8(text), "batch, line 7"));

        Assert.DoesNotContain("OpsManager.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("3")]
    public void A_status_is_one_of_the_seven_words_and_nothing_else(string status)
    {
        var text = EnvelopeText.Snapshot();
        text["run"]!["status"] = JsonNode.Parse(status);

        Assert.Throws<ContractException>(() => EnvelopeReader.Snapshot(EnvelopeText.Utf8(text), "s.json"));
    }

    [Theory]
    [InlineData("sequence", """{"source":"cursor_event_line_offset","value":0}""")]
    [InlineData("sequence", """{"source":"clock","value":3}""")]
    [InlineData("cursor", """{"eventLineOffset":-1,"eventLineCount":4}""")]
    [InlineData("cursor", """{"eventLineOffset":5,"eventLineCount":4}""")]
    public void A_position_that_cannot_be_is_refused(string field, string value)
    {
        var text = EnvelopeText.Event();
        text[field] = JsonNode.Parse(value);

        Assert.Throws<ContractException>(() => EnvelopeReader.Event(EnvelopeText.Utf8(text), "batch, line 7"));
    }
}
