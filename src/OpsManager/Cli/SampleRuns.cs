using System.Reflection;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Replay;

namespace OpsManager.Cli;

/// <summary>The sample runs that travel inside the executable.</summary>
internal static class SampleRuns
{
    private static readonly Assembly Here = typeof(SampleRuns).Assembly;

    /// <summary>Every sample run, by name.</summary>
    public static IReadOnlyList<Tape> All() =>
        [.. Here.GetManifestResourceNames()
            .Where(static name => name.StartsWith("sample-runs/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read)];

    private static Tape Read(string name)
    {
        using var stream = Here.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in this executable: the build left it out");
        return TapeReader.Read(TapeStore.Name(name["sample-runs/".Length..]), stream);
    }
}
