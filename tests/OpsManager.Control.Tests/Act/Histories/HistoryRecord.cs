using System.Text;
using System.Text.Json;
using OpsManager.Contract.Manager;
using OpsManager.Core.Rules.Control;
using Xunit;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>What the managers of a history keep: rows are whole, and only ever added.</summary>
internal sealed class HistoryRecord(HistoryFiles files)
{
    private const string ControlRows = "telemetry/control.jsonl";
    private const string Intents = "intents.jsonl";

    private readonly Dictionary<string, byte[]> before = new()
    {
        [ControlRows] = [],
        [Intents] = [],
        ["telemetry/control-invocations.jsonl"] = [],
        ["escalations.jsonl"] = [],
    };

    public long Size => before.Keys.Sum(files.SizeOfRows);

    /// <summary>Checks that nothing that stood there has changed, and that every row is whole.</summary>
    public void Check()
    {
        foreach (var name in before.Keys.ToArray())
        {
            var now = files.ReadRows(name);
            Assert.True(now.AsSpan().StartsWith(before[name]), $"a row of {name} was rewritten");
            foreach (var line in Encoding.UTF8
                .GetString(now.AsSpan(before[name].Length))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var row = JsonDocument.Parse(line);
                Assert.Equal(JsonValueKind.Object, row.RootElement.ValueKind);
            }

            Assert.True(now.Length == 0 || now[^1] == '\n', $"the last row of {name} is not whole");
            before[name] = now;
        }
    }

    public IReadOnlyList<ControlRow> Steps() => [.. Lines(ControlRows).Select(static line => ControlRow.Parse(line).Value!)];

    public IReadOnlyList<IntentRow> Rows() => [.. Lines(Intents).Select(static line => IntentRow.Parse(line).Value!)];

    /// <summary>All rows of each key, folded.</summary>
    public IReadOnlyList<ControlCase> Cases() => ControlCases.From(Steps()).Recorded;

    private IEnumerable<ReadOnlyMemory<byte>> Lines(string name) =>
        Encoding.UTF8.GetString(before[name])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line));
}
