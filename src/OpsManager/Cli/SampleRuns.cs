using System.Reflection;
using System.Text;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Replay;

namespace OpsManager.Cli;

/// <summary>The sample runs that travel inside the executable.</summary>
internal static class SampleRuns
{
    private const string Folder = "sample-runs/";

    private static readonly Assembly Here = typeof(SampleRuns).Assembly;

    /// <summary>The stops of the tour and what to look at there; a caption says which key of the default keymap shows it.</summary>
    private static readonly (string Name, string Caption)[] Stops =
    [
        ("completes", "A run that completes. Space pauses, } goes to the next state change, 3 shows the detail."),
        ("approval-confirmed", "A run that waits for a person: } goes there, a opens the approval box to read."),
        ("role-fails", "A run that died. The contract status still says running: e goes to the problem, w says why."),
        ("two-at-once", "Two loops run at once in one repository: 4 shows whose alert it is, } the next change."),
        ("long-run", "Twelve iterations. i lists them with their gates, u shows tokens and costs, v the files."),
        ("paused", "The log is silent, and the run is paused, not failed: } goes there, w says what stopped it."),
    ];

    private static readonly Lazy<IReadOnlyList<RecordingEntry>> Known = new(static () => [.. Resources().Select(Entry)]);

    private static readonly Lazy<IReadOnlyList<RecordingEntry>> Toured = new(static () =>
    [
        .. Stops.Select(static stop =>
        {
            var entry = Known.Value.Single(known => known.Info.Name == stop.Name);
            return entry with { Info = entry.Info with { Caption = stop.Caption } };
        }),
    ]);

    /// <summary>Every sample run, by name.</summary>
    public static IReadOnlyList<Tape> All() => [.. Resources().Select(Read)];

    /// <summary>Every sample run, by name, each with its title. Of a recording only the first line is read before it is opened.</summary>
    public static IReadOnlyList<RecordingEntry> Entries() => Known.Value;

    /// <summary>Six sample runs in the order in which somebody new sees the most, each with a caption of at most 100 characters.</summary>
    public static IReadOnlyList<RecordingEntry> Tour() => Toured.Value;

    private static IEnumerable<string> Resources() => Here.GetManifestResourceNames()
        .Where(static name => name.StartsWith(Folder, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static RecordingEntry Entry(string resource)
    {
        using var reader = new StreamReader(Opened(resource), Encoding.UTF8);
        using var header = new MemoryStream(Encoding.UTF8.GetBytes(reader.ReadLine() ?? ""));
        var title = TapeReader.Read(NameOf(resource), header).Title;
        return new RecordingEntry(new RecordingInfo(NameOf(resource), title), () => Read(resource));
    }

    private static Tape Read(string resource)
    {
        using var stream = Opened(resource);
        return TapeReader.Read(NameOf(resource), stream);
    }

    private static string NameOf(string resource) => TapeStore.Name(resource[Folder.Length..]);

    private static Stream Opened(string resource) => Here.GetManifestResourceStream(resource)
        ?? throw new InvalidOperationException($"{resource} is not in this executable: the build left it out");
}
