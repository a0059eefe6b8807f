using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>One noun a file: a file that one cannot read at a sitting holds more than one.</summary>
public sealed class FileLengthTests
{
    private const int MaxLines = 300;

    /// <summary>Files that are longer, each with its reason. The list may only shrink: today it is empty.</summary>
    private static readonly Dictionary<string, string> Longer = new(StringComparer.Ordinal);

    [Fact]
    public void A_source_file_has_at_most_three_hundred_lines()
    {
        var found = RepoRoot.Files("src", "*.cs").Where(static path => File.ReadLines(RepoRoot.Combine(path)).Count() > MaxLines);

        Assert.Equal(Longer.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }
}
