using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Service;

namespace OpsManager.Contract.Serialization;

/// <summary>
/// What is beside the v1 fields of a snapshot that a manager made: additive, and absent in those of another program
/// (docs/contract.md, "Service").
/// </summary>
/// <param name="Assessment">The manager's judgement on the sprite; null where there is none.</param>
/// <param name="IsProcessObservable">Whether processes of that host can be observed.</param>
/// <param name="Process">Of the process that claims the loop, or did last; null where none ever did.</param>
/// <param name="Files">The files that can be read whole; null where none can.</param>
public sealed record SnapshotExtras(
    AssessmentRecord? Assessment, bool IsProcessObservable, ProcessRecord? Process, IReadOnlyList<FileEntryRecord>? Files)
{
    public static readonly SnapshotExtras None = new(null, false, null, null);

    private const string AssessmentField = "assessment";
    private const string ObservableField = "processObservable";
    private const string ProcessField = "process";
    private const string FilesField = "files";
    private const string SearchField = "runSearch";

    /// <summary>The result of the search for the process of an unclaimed run; null where no search was needed.</summary>
    public RunSearchRecord? Search { get; init; }

    /// <summary>What a snapshot carries of it. A part that is not what it should be counts as absent: nothing rests on it alone.</summary>
    public static SnapshotExtras From(SnapshotEnvelope snapshot) => snapshot.Unknown is not { } fields
        ? None
        : new(
            Read(fields, AssessmentField, ContractJson.Default.AssessmentRecord),
            fields.TryGetValue(ObservableField, out var observable) && observable.ValueKind == JsonValueKind.True,
            Read(fields, ProcessField, ContractJson.Default.ProcessRecord),
            Read(fields, FilesField, ContractJson.Default.IReadOnlyListFileEntryRecord))
        {
            Search = Read(fields, SearchField, ContractJson.Default.RunSearchRecord),
        };

    /// <summary>The snapshot with this beside it.</summary>
    public SnapshotEnvelope Beside(SnapshotEnvelope snapshot)
    {
        var fields = new Dictionary<string, JsonElement>
        {
            [AssessmentField] = JsonSerializer.SerializeToElement(Assessment, ContractJson.Default.AssessmentRecord!),
            [ObservableField] = JsonSerializer.SerializeToElement(IsProcessObservable, ContractJson.Default.Boolean),
            [ProcessField] = JsonSerializer.SerializeToElement(Process, ContractJson.Default.ProcessRecord!),
            [FilesField] = JsonSerializer.SerializeToElement(Files, ContractJson.Default.IReadOnlyListFileEntryRecord!),
        };
        if (Search is not null)
        {
            fields[SearchField] = JsonSerializer.SerializeToElement(Search, ContractJson.Default.RunSearchRecord);
        }

        return snapshot with { Unknown = fields };
    }

    private static T? Read<T>(IDictionary<string, JsonElement> fields, string name, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.Deserialize(type) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
