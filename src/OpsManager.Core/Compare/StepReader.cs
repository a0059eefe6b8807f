using System.Globalization;
using System.Text;
using System.Text.Json;
using OpsManager.Contract.Json;
using OpsManager.Core.Events;

namespace OpsManager.Core.Compare;

/// <summary>
/// Reads lines of a log into steps. Of an event's <c>data</c> it keeps every flag, and of numbers and words those that say how something
/// ended (<see cref="Outcomes"/>).
/// </summary>
internal sealed class StepReader
{
    /// <summary>
    /// Names of numbers and words that say how something ended or how the run was set up. Others are times, paths and texts, or say how
    /// busy a queue was.
    /// </summary>
    private static readonly string[] Outcomes =
    [
        "approval", "attempts", "checklist", "children_completed", "children_failed", "children_succeeded", "children_to_run", "decision",
        "evidence", "exit_code", "lifecycle", "max_iterations", "outcome", "prerequisites", "reason", "remaining", "requested_children",
        "result", "status", "streak", "stuck", "terminal_state", "tests", "tests_mode", "threshold", "timeout_seconds",
        "validation", "wave",
    ];

    private const int MaxFields = 32;
    private const string Status = "status";
    private const string Details = "details";
    private const string ChildId = "child_id";
    private const string WaveId = "wave_id";

    private static readonly HashSet<string> Kept = new(Outcomes, StringComparer.Ordinal);

    private readonly WordTable words = new();
    private readonly List<StepField> fields = [];
    private string? child;
    private string? wave;

    /// <summary>The run id that the last line named; null where it named none.</summary>
    public string? RunId { get; private set; }

    /// <summary>The step of a line; null where the line is blank.</summary>
    /// <param name="number">Of the line, from 1.</param>
    public RunStep? Read(ReadOnlySpan<byte> line, long offset, int number)
    {
        var row = EventRowReader.Read(line, offset, words);
        RunId = words[row.Run];
        if (row.Name == KnownEvents.Blank)
        {
            return null;
        }

        (child, wave) = (null, null);
        fields.Clear();
        if (row.IsEvent)
        {
            ReadData(line);
        }

        if (words[row.Status] is { } status)
        {
            // The event's own status counts, and not that of its data.
            fields.RemoveAll(static field => field.Name == Status);
            fields.Add(new StepField(Status, status));
        }

        fields.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new RunStep(number, words[row.Name] ?? EventMoment.LongName, row.Iteration)
        {
            Offset = offset,
            Length = line.Length,
            Second = row.Second,
            Role = words[row.Role],
            Child = child,
            Wave = wave,
            Fields = fields.Count == 0 ? [] : fields.ToArray(),
        };
    }

    /// <summary>The step of a line that is too long to be read.</summary>
    public static RunStep Long(long offset, long length, int number) =>
        new(number, KnownEvents.Names[KnownEvents.Invalid - 1], -1) { Offset = offset, Length = (int)Math.Min(length, int.MaxValue) };

    private void ReadData(ReadOnlySpan<byte> line)
    {
        try
        {
            Walk(line);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A number that is none, or half of a surrogate pair: the row was read from the mended line too.
            fields.Clear();
            Walk(JsonText.Mend(line.ToArray()).Span);
        }
    }

    private void Walk(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isData = reader.ValueTextEquals("data"u8);
            reader.Read();
            if (isData && reader.TokenType == JsonTokenType.StartObject)
            {
                // Of a repeated key the last counts.
                fields.Clear();
                WalkFields(ref reader, depth: 0);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void WalkFields(ref Utf8JsonReader reader, int depth)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueIsEscaped ? null : words[words.Number(reader.ValueSpan)];
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject && name == Details && depth == 0)
            {
                WalkFields(ref reader, depth + 1);
            }
            else if (name is not null && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                Keep(name, ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void Keep(string name, ref Utf8JsonReader value)
    {
        switch (value.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                Keep(name, value.TokenType == JsonTokenType.True ? "true" : "false");
                break;
            case JsonTokenType.String when name == ChildId:
                child = Text(ref value);
                break;
            case JsonTokenType.String when name == WaveId:
                wave = Text(ref value);
                break;
            case JsonTokenType.String when Kept.Contains(name):
                Keep(name, Text(ref value));
                break;
            case JsonTokenType.Number when Kept.Contains(name):
                Keep(name, Number(ref value));
                break;
        }
    }

    /// <summary>An event and its details may have the same name with two values, of which both count.</summary>
    private void Keep(string name, string value)
    {
        if (fields.Count < MaxFields && !fields.Contains(new StepField(name, value)))
        {
            fields.Add(new StepField(name, value));
        }
    }

    /// <summary>A text that is cut where it is no word: what is compared is how a step ended, and no report of it.</summary>
    private string Text(ref Utf8JsonReader reader) =>
        (reader.ValueIsEscaped ? null : words[words.Number(reader.ValueSpan)])
            ?? JsonFields.Cut(reader.GetString(), JsonFields.MaxWordChars) ?? "";

    /// <summary>The same text for 3 and for 3.0.</summary>
    private static string Number(ref Utf8JsonReader reader) => WholeNumber.From(ref reader) is { } whole
        ? whole.ToString(CultureInfo.InvariantCulture)
        : Encoding.UTF8.GetString(reader.ValueSpan);
}
