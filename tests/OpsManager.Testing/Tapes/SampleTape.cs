using OpsManager.Contract.Tapes;
using Xunit;

namespace OpsManager.Testing;

/// <summary>The shipped sample runs, by their names.</summary>
internal static class SampleTape
{
    private const string Ending = ".tape.jsonl";

    public static TheoryData<string> Names() =>
    [
        .. Directory.GetFiles(RepoRoot.Combine("sample-runs"), $"*{Ending}")
            .Select(static file => Path.GetFileName(file)[..^Ending.Length]).Order(StringComparer.Ordinal),
    ];

    public static Tape Read(string name)
    {
        using var stream = File.OpenRead(RepoRoot.Combine("sample-runs", $"{name}{Ending}"));
        return TapeReader.Read(name, stream);
    }
}
