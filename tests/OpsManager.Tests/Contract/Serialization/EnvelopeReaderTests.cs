using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Serialization;
using Xunit;

namespace OpsManager.Tests.Contract.Serialization;

public sealed class EnvelopeReaderTests
{
    /// <summary>Older tools left these out (docs/contract.md, "Tolerance on read").</summary>
    private static readonly string[] MayBeAbsent = ["traceId", "heartbeat", "eventLineCount"];

    [Fact]
    public void A_snapshot_comes_back_as_it_was_written()
    {
        var text = EnvelopeText.Snapshot();

        Assert.True(JsonNode.DeepEquals(text, Rewritten(ReadSnapshot(text))));
    }

    [Fact]
    public void An_event_comes_back_as_it_was_written()
    {
        var text = EnvelopeText.Event();

        Assert.True(JsonNode.DeepEquals(text, Rewritten(ReadEvent(text))));
    }

    [Fact]
    public void Unknown_fields_of_a_snapshot_survive_at_every_level()
    {
        var text = EnvelopeText.Snapshot();
        Assert.Equal(14, Mark(text, "superloopState"));

        Assert.True(JsonNode.DeepEquals(text, Rewritten(ReadSnapshot(text))));
    }

    [Fact]
    public void Unknown_fields_of_an_event_survive_at_every_level()
    {
        var text = EnvelopeText.Event();
        Assert.Equal(6, Mark(text, "payload", "raw"));

        Assert.True(JsonNode.DeepEquals(text, Rewritten(ReadEvent(text))));
    }

    [Fact]
    public void Unknown_fields_of_a_cursor_survive()
    {
        var text = EnvelopeText.Cursor();
        Mark(text);

        var cursor = JsonSerializer.Deserialize(EnvelopeText.Utf8(text), ContractJson.Default.CursorFile)!;

        Assert.True(JsonNode.DeepEquals(text, JsonNode.Parse(ContractJson.Write(cursor, ContractJson.Default.CursorFile))));
    }

    [Fact]
    public void Numbers_of_raw_content_keep_their_digits()
    {
        var written = ContractJson.Write(ReadEvent(EnvelopeText.Event()), ContractJson.Default.EventEnvelope);

        Assert.Contains("[1,2.50]", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_that_are_null_are_written_as_null()
    {
        var written = Rewritten(ReadSnapshot(EnvelopeText.Snapshot()))!;

        foreach (var path in new[] {
            "traceId", "run.summary", "runtime.activeRun", "runtime.approval", "runtime.heartbeat", "artifacts.approval.sha256",
            "artifacts.approval.mtimeEpoch", "health.lastSummaryAt", "health.gates", "health.stuck"
        })
        {
            var parts = path.Split('.');
            var parent = parts[..^1].Aggregate(written, static (node, name) => node[name]!).AsObject();
            Assert.True(parent.ContainsKey(parts[^1]), path);
            Assert.Null(parent[parts[^1]]);
        }
    }

    [Fact]
    public void Every_field_of_the_contract_but_those_that_older_tools_left_out_is_required_of_a_snapshot() =>
        EveryFieldIsRequired(EnvelopeText.Snapshot(), ["superloopState"], static text => ReadSnapshot(text));

    [Fact]
    public void Every_field_of_the_contract_but_those_that_older_tools_left_out_is_required_of_an_event() =>
        EveryFieldIsRequired(EnvelopeText.Event(), ["payload", "raw"], static text => ReadEvent(text));

    [Theory]
    [InlineData("schemaVersion", "\"v2\"", "event envelope is invalid: batch, line 7: schemaVersion must be \"v1\", found \"v2\"")]
    [InlineData("schemaVersion", "1", "event envelope is invalid: batch, line 7: schemaVersion must be \"v1\", found 1")]
    [InlineData("schemaVersion", "null", "event envelope is invalid: batch, line 7: schemaVersion must be \"v1\", found none")]
    [InlineData(
        "envelopeType", "\"loop_run_snapshot\"",
        "event envelope is invalid: batch, line 7: envelopeType must be \"loop_run_event\", found \"loop_run_snapshot\"")]
    [InlineData("event.name", "\"\"", "event envelope is invalid: batch, line 7: event.name is empty")]
    [InlineData("event.timestamp", "\"\"", "event envelope is invalid: batch, line 7: event.timestamp is empty")]
    [InlineData("source.loopId", "\"b\"", "event envelope is invalid: batch, line 7: source.loopId is \"b\", expected \"a\"")]
    [InlineData("event.name", "null", "event envelope is invalid: batch, line 7: ")]
    [InlineData("event", "[]", "event envelope is invalid: batch, line 7: $.event")]
    [InlineData("sequence.value", "\"three\"", "event envelope is invalid: batch, line 7: $.sequence.value")]
    [InlineData("emittedAt", "\"soon\"", "event envelope is invalid: batch, line 7: $.emittedAt")]
    public void A_faulty_event_is_refused_with_its_place(string path, string value, string message)
    {
        var text = EnvelopeText.Event();
        Set(text, path, value);

        var fault = Assert.Throws<ContractException>(() => ReadEvent(text));

        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal(FailureCodes.ServiceResponseInvalid, fault.Code);
    }

    [Theory]
    [InlineData("schemaVersion", "\"v2\"", "snapshot envelope is invalid: s.json: schemaVersion must be \"v1\", found \"v2\"")]
    [InlineData("envelopeType", "\"loop_run_event\"", "snapshot envelope is invalid: s.json: envelopeType must be \"loop_run_snapshot\"")]
    [InlineData("source.loopId", "\"b\"", "snapshot envelope is invalid: s.json: source.loopId is \"b\", expected \"a\"")]
    [InlineData(
        "cursor.eventLineOffset", "4",
        "snapshot envelope is invalid: s.json: cursor.eventLineOffset (4) is beyond cursor.eventLineCount (3)")]
    [InlineData("run.status", "\"Running\"", "snapshot envelope is invalid: s.json: $.run.status")]
    [InlineData("run.status", "\"dead\"", "snapshot envelope is invalid: s.json: $.run.status")]
    [InlineData("run", "null", "snapshot envelope is invalid: s.json: ")]
    public void A_faulty_snapshot_is_refused_with_its_place(string path, string value, string message)
    {
        var text = EnvelopeText.Snapshot();
        Set(text, path, value);

        var fault = Assert.Throws<ContractException>(() => ReadSnapshot(text));

        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("\0")]
    public void Text_that_is_no_json_is_refused_with_its_place(string text)
    {
        var fault = Assert.Throws<ContractException>(() => EnvelopeReader.Event(Encoding.UTF8.GetBytes(text), "batch, line 7"));

        Assert.StartsWith("invalid JSON in batch, line 7: line 1, column ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "an array")]
    [InlineData("null", "null")]
    [InlineData("\"x\"", "a string")]
    public void A_document_that_is_no_object_is_refused(string text, string found)
    {
        var fault = Assert.Throws<ContractException>(() => EnvelopeReader.Snapshot(Encoding.UTF8.GetBytes(text), "s.json"));

        Assert.Equal($"snapshot envelope is invalid: s.json: expected an object, found {found}", fault.Message);
    }

    [Fact]
    public void Without_a_loop_to_expect_any_loop_will_do() =>
        Assert.Equal("a", EnvelopeReader.Event(EnvelopeText.Utf8(EnvelopeText.Event()), "batch").Source.LoopId);

    [Fact]
    public void A_long_wrong_value_is_shown_in_part()
    {
        var text = EnvelopeText.Event();
        text["schemaVersion"] = new string('x', 5000);

        Assert.InRange(Assert.Throws<ContractException>(() => ReadEvent(text)).Message.Length, 1, 400);
    }

    [Theory]
    [InlineData("schemaVersion")]
    [InlineData("envelopeType")]
    [InlineData("traceId")]
    public void Bytes_that_are_no_utf8_are_a_fault_with_its_place(string field)
    {
        var text = EnvelopeText.Event();
        text[field] = "MARK";
        var bytes = EnvelopeText.Utf8(text);
        bytes[bytes.AsSpan().IndexOf("MARK"u8)] = 0xFF;

        var fault = Assert.Throws<ContractException>(() => EnvelopeReader.Event(bytes, "batch, line 7"));

        Assert.Contains("batch, line 7", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Our_own_times_are_written_in_whole_seconds_of_utc()
    {
        var text = EnvelopeText.Event();
        text["emittedAt"] = "2026-11-22T21:00:00.987+02:00";

        Assert.Equal("2026-11-22T19:00:00Z", Rewritten(ReadEvent(text))!["emittedAt"]!.GetValue<string>());
    }

    private static void EveryFieldIsRequired(JsonObject text, string[] passedThrough, Action<JsonObject> read)
    {
        var fields = EnvelopeText.Objects(text, passedThrough)
            .SelectMany(static at => at.Node.Select(field => (at.Path, field.Key)))
            .ToArray();
        Assert.True(fields.Length > 20);
        foreach (var (path, name) in fields)
        {
            var broken = text.DeepClone().AsObject();
            EnvelopeText.Objects(broken, passedThrough).Single(at => at.Path == path).Node.Remove(name);

            if (MayBeAbsent.Contains(name))
            {
                read(broken);
                continue;
            }

            var fault = Assert.Throws<ContractException>(() => read(broken));
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        }
    }

    private static int Mark(JsonObject text, params string[] passedThrough)
    {
        var objects = EnvelopeText.Objects(text, passedThrough).ToArray();
        foreach (var (path, node) in objects)
        {
            node["futureField"] = JsonNode.Parse($$"""{"at":"{{path}}","list":[1,null,"x"]}""");
        }

        return objects.Length;
    }

    private static void Set(JsonObject text, string path, string value)
    {
        var parts = path.Split('.');
        parts[..^1].Aggregate((JsonNode)text, static (node, name) => node[name]!)[parts[^1]] = JsonNode.Parse(value);
    }

    private static SnapshotEnvelope ReadSnapshot(JsonNode text) => EnvelopeReader.Snapshot(EnvelopeText.Utf8(text), "s.json", "a");

    private static EventEnvelope ReadEvent(JsonNode text) => EnvelopeReader.Event(EnvelopeText.Utf8(text), "batch, line 7", "a");

    private static JsonNode? Rewritten(SnapshotEnvelope envelope) =>
        JsonNode.Parse(ContractJson.Write(envelope, ContractJson.Default.SnapshotEnvelope));

    private static JsonNode? Rewritten(EventEnvelope envelope) =>
        JsonNode.Parse(ContractJson.Write(envelope, ContractJson.Default.EventEnvelope));
}
