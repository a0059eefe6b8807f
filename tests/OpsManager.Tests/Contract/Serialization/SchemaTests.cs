using System.Text.Json.Nodes;
using NJsonSchema;
using OpsManager.Contract.Serialization;
using Xunit;

namespace OpsManager.Tests.Contract.Serialization;

public sealed class SchemaTests
{
    private const string Snapshot = "loop-run-snapshot.v1";
    private const string Event = "loop-run-event.v1";
    private const string Cursor = "cursor.v1";

    [Theory]
    [InlineData(Snapshot)]
    [InlineData(Event)]
    [InlineData(Cursor)]
    public async Task The_schema_accepts_what_a_good_writer_sends(string schema) => Assert.Empty(await Faults(schema, Good(schema)));

    [Fact]
    public async Task The_schema_accepts_what_we_write()
    {
        var snapshot = EnvelopeReader.Snapshot(EnvelopeText.Utf8(EnvelopeText.Snapshot()), "s");
        var event_ = EnvelopeReader.Event(EnvelopeText.Utf8(EnvelopeText.Event()), "e");

        Assert.Empty(await Faults(Snapshot, ContractJson.Write(snapshot, ContractJson.Default.SnapshotEnvelope)));
        Assert.Empty(await Faults(Snapshot, ContractJson.Write(snapshot, ContractJson.Default.SnapshotEnvelope, pretty: true)));
        Assert.Empty(await Faults(Event, ContractJson.Write(event_, ContractJson.Default.EventEnvelope)));
    }

    [Theory]
    [InlineData(Snapshot)]
    [InlineData(Event)]
    [InlineData(Cursor)]
    public async Task The_schema_accepts_unknown_fields_at_every_level(string schema)
    {
        var text = Good(schema);
        foreach (var (_, node) in EnvelopeText.Objects(text).ToArray())
        {
            node["futureField"] = 1;
        }

        Assert.Empty(await Faults(schema, text));
    }

    [Theory]
    [InlineData(Snapshot)]
    [InlineData(Event)]
    [InlineData(Cursor)]
    public async Task The_schema_rejects_a_document_without_one_of_its_fields(string schema)
    {
        var good = Good(schema);
        foreach (var (path, name) in EnvelopeText.Objects(good, "superloopState", "payload", "raw")
            .SelectMany(static at => at.Node.Select(field => (at.Path, field.Key)))
            .ToArray())
        {
            var broken = good.DeepClone().AsObject();
            EnvelopeText.Objects(broken, "superloopState", "payload", "raw").Single(at => at.Path == path).Node.Remove(name);

            Assert.True((await Faults(schema, broken)).Count > 0, $"{path}.{name}");
        }
    }

    [Theory]
    [InlineData(Snapshot, "schemaVersion", "\"v2\"")]
    [InlineData(Snapshot, "envelopeType", "\"loop_run_event\"")]
    [InlineData(Snapshot, "run.status", "\"dead\"")]
    [InlineData(Snapshot, "run.status", "3")]
    [InlineData(Snapshot, "run.iteration", "-1")]
    [InlineData(Snapshot, "source.loopId", "\"\"")]
    [InlineData(Snapshot, "artifacts.events.sha256", "\"xyz\"")]
    [InlineData(Snapshot, "cursor.eventLineOffset", "-1")]
    [InlineData(Snapshot, "runtime.superloopState", "[]")]
    [InlineData(Event, "schemaVersion", "1")]
    [InlineData(Event, "sequence.value", "0")]
    [InlineData(Event, "sequence.source", "\"clock\"")]
    [InlineData(Event, "event.name", "\"\"")]
    [InlineData(Event, "event.raw", "null")]
    [InlineData(Cursor, "eventLineOffset", "-1")]
    [InlineData(Cursor, "updatedAt", "5")]
    public async Task The_schema_rejects_a_broken_field(string schema, string path, string value)
    {
        var text = Good(schema);
        var parts = path.Split('.');
        parts[..^1].Aggregate((JsonNode)text, static (node, name) => node[name]!)[parts[^1]] = JsonNode.Parse(value);

        Assert.NotEmpty(await Faults(schema, text));
    }

    [Fact]
    public async Task The_schema_accepts_every_line_of_every_sample_run()
    {
        var schema = await Load("tape.v1");
        foreach (var path in RepoRoot.Files("sample-runs", "*.tape.jsonl"))
        {
            foreach (var (number, line) in (await File.ReadAllLinesAsync(
                RepoRoot.Combine(path), TestContext.Current.CancellationToken)).Index())
            {
                Assert.True(schema.Validate(line).Count == 0, $"{path}, line {number + 1}");
            }
        }
    }

    private static JsonObject Good(string schema) => schema switch
    {
        Snapshot => EnvelopeText.Snapshot(),
        Event => EnvelopeText.Event(),
        _ => EnvelopeText.Cursor(),
    };

    private static async Task<ICollection<NJsonSchema.Validation.ValidationError>> Faults(string schema, JsonNode text) =>
        (await Load(schema)).Validate(text.ToJsonString());

    private static async Task<ICollection<NJsonSchema.Validation.ValidationError>> Faults(string schema, string text) =>
        (await Load(schema)).Validate(text);

    private static Task<JsonSchema> Load(string name) =>
        JsonSchema.FromFileAsync(RepoRoot.Combine("docs", "schemas", $"{name}.schema.json"));
}
