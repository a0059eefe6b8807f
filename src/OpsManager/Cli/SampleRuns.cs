using System.Reflection;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Replay;

namespace OpsManager.Cli;

/// <summary>The sample runs that travel inside the executable.</summary>
internal static class SampleRuns
{
    private static readonly Assembly Here = typeof(SampleRuns).Assembly;

    private static readonly string[] Stops =
        ["completes", "approval-approved", "role-fails", "rate-limit-wait", "two-at-once", "tokens-and-logs"];

    /// <summary>Every sample run, by name.</summary>
    public static IReadOnlyList<Tape> All() =>
        [.. Here.GetManifestResourceNames()
            .Where(static name => name.StartsWith("sample-runs/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read)];

    public static IReadOnlyList<RecordingEntry> Entries() =>
        [.. All().Select(static tape => new RecordingEntry(new RecordingInfo(tape.Name, tape.Title), () => tape))];

    public static IReadOnlyList<RecordingEntry> Tour() =>
    [
        .. Stops.Select(static name => Entries().Single(entry => entry.Info.Name == name)),
    ];

    private static Tape Read(string name)
    {
        using var stream = Here.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in this executable: the build left it out");
        return TapeReader.Read(TapeStore.Name(name["sample-runs/".Length..]), stream);
    }
}
