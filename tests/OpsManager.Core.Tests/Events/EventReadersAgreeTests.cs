using System.Text;
using System.Text.Json;
using CsCheck;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Core.Events;
using Xunit;

namespace OpsManager.Core.Tests.Events;

/// <summary>Whoever reads a line, index or document, finds the same in it, also where a key stands several times.</summary>
public sealed class EventReadersAgreeTests
{
    private const string Time = "\"timestamp\":\"2026-11-29T08:00:00Z\"";

    private static readonly Gen<string> Value = Gen.OneOf(
        "\"a\"", "\"b\"", "\"\"", "null", "3", "3.0", "3e2", "3.5", "-1", "2147483648", "9223372036854775807", "9223372036854775808",
        "\"7\"", "\"\\u0037\"", "true", "[1]", "{\"event\":\"no\"}",
        "{\"reason\":\"r\",\"status\":\"s\",\"reason\":null}", "{\"status\":\"s\",\"max_iterations\":5}",
        "NaN", "-Infinity", "\"NaN\"", "\"2026-11-29T08:00:00,5+0530\"", "\"\\ud800\"");

    private static readonly Gen<string> Line = Gen.Select(
        Gen.OneOf("event", "event", "type", "role", "status", "run_id", "iteration", "iteration", "timestamp", "data", "\\u0065vent",
        "message"), Value).Array[0, 9].Select(static fields => $"{{{string.Join(',', fields.Select(Field).Prepend(Time))}}}");

    [Fact]
    public void Generated_lines_are_read_alike_by_all() => Line.Sample(static line => Agree(line), iter: 20_000);

    private static void Agree(string line)
    {
        var moment = LogText.Index(line);
        using var document = JsonDocument.Parse(JsonText.Mend(Encoding.UTF8.GetBytes(line)));
        var root = document.RootElement;
        var isEvent = EventName.Parse(root) is not null && root.Text("timestamp") is { Length: > 0 };

        Assert.True(isEvent == moment[0].IsEvent, line);
        if (!isEvent)
        {
            return;
        }

        var row = moment.Moment(0);
        var time = root.Time("timestamp");
        var iteration = root.Whole("iteration") is >= 0 and var number ? Math.Min(number, EventRow.MaxIteration) : (long?)null;
        Assert.Equal(
            (EventName.Parse(root), Words(root.Text("role")), Words(root.Text("status")), Words(root.Text("run_id")),
                iteration, time?.ToUnixTimeSeconds()),
            (row.Name, row.Role, row.Status, row.RunId, row.Iteration, row.At?.ToUnixTimeSeconds()));
        Assert.Equal(Detail(root.Field("data")), row.Detail);
    }

    private static string Field((string Name, string Value) field) => $"\"{field.Name}\":{field.Value}";

    private static string? Words(string? text) => text is { Length: > 0 } ? text : null;

    private static string? Detail(JsonElement? data)
    {
        if (data is not { ValueKind: JsonValueKind.Object } fields)
        {
            return null;
        }

        var last = fields.EnumerateObject()
            .Where(static one => one.Name is "reason" or "status").Select(static one => one.Name).LastOrDefault();
        string?[] order = last == "status" ? ["status", "reason", "max_iterations"] : ["reason", "status", "max_iterations"];
        return order.Select(name => fields.Field(name!) switch
        {
            { ValueKind: JsonValueKind.String } text => Words(text.GetString()),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        }).FirstOrDefault(static word => word is not null);
    }
}
