using System.Reflection;
using OpsManager.Contract.Words;
using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>docs/findings.md has a sentence for every code and word that an operator meets.</summary>
public sealed class FindingDocumentTests
{
    private static readonly string[] Lines = File.ReadAllLines(RepoRoot.Combine("docs", "findings.md"));

    public static TheoryData<string> Codes =>
    [
        .. typeof(FindingCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(static code => (string)code.GetRawConstantValue()!),
    ];

    /// <summary>Of the contract's gate words and of the outcomes of control.</summary>
    public static TheoryData<string> Words =>
    [
        "ok", "failed", "skipped", "remaining", "unknown", "pending", "approved", "rejected", "none",
        "observed", "consumed", "completed", "refused", "contradicted",
    ];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_finding_says_what_it_means_and_what_to_do(string code)
    {
        var row = Assert.Single(Lines, line => line.StartsWith($"| `{code}` |", StringComparison.Ordinal));
        Assert.All(row.Split('|')[2..4], static cell => Assert.Matches("^ .{8,}[.] $", cell));
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Each_word_says_what_it_means(string word) =>
        Assert.Contains(Lines, line => line.StartsWith($"| `{word}` |", StringComparison.Ordinal));

    [Fact]
    public void It_has_no_code_that_does_not_exist()
    {
        var codes = Codes.Select(static row => (string)row.Data).ToHashSet(StringComparer.Ordinal);
        var told = Lines.Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(static line => line.Split('`')[1])
            .Where(static code => code.Contains('_', StringComparison.Ordinal));
        Assert.All(told, code => Assert.Contains(code, codes));
    }
}
