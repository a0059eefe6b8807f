using System.Text.RegularExpressions;
using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>docs/architecture.md, "Tests": a test is in the folder of the source that it tests.</summary>
public sealed partial class TestTreeTests
{
    /// <summary>Where the test projects begin, each with the part of the source that it tests.</summary>
    private static readonly (string Tests, string Source)[] Roots =
    [
        ("tests/OpsManager.Core.Tests", "src/OpsManager.Core"),
        ("tests/OpsManager.Control.Tests", "src/OpsManager.Control"),
        ("tests/OpsManager.Tests/Cli", "src/OpsManager/Cli"),
        ("tests/OpsManager.Tests/Manual", "src/OpsManager/Manual"),
        ("tests/OpsManager.Tests/Session", "src/OpsManager/Session"),
        ("tests/OpsManager.Tests/Verbs", "src/OpsManager/Verbs"),
        ("tests/OpsManager.Tests/", "src/OpsManager."),
    ];

    /// <summary>Folders of tests without a source, each with its reason.</summary>
    private static readonly Dictionary<string, string> WithoutSource = new(StringComparer.Ordinal)
    {
        ["tests/OpsManager.Tests"] = "what is done before the first test",
        ["tests/OpsManager.Tests/Architecture"] = "the rules of all rooms",
        ["tests/OpsManager.Control.Tests/Act/Histories"] = "a model of several operators, which one test plays",
    };

    private static string[] TestFiles { get; } =
    [
        .. RepoRoot.Files("tests/OpsManager.Tests", "*.cs"), .. RepoRoot.Files("tests/OpsManager.Core.Tests", "*.cs"),
        .. RepoRoot.Files("tests/OpsManager.Control.Tests", "*.cs"),
    ];

    [Fact]
    public void A_test_is_in_the_folder_of_the_source_that_it_tests()
    {
        var strays = TestFiles.Select(Folder).Distinct()
            .Where(static folder => !WithoutSource.ContainsKey(folder) && !Directory.Exists(RepoRoot.Combine(SourceOf(folder))));

        Assert.Empty(strays);
    }

    [Fact]
    public void A_folder_without_a_source_is_still_there() =>
        Assert.All(WithoutSource.Keys, static folder => Assert.True(Directory.Exists(RepoRoot.Combine(folder)), folder));

    [Fact]
    public void The_namespace_of_a_test_is_its_folder()
    {
        var strays = TestFiles.Where(static file =>
            Namespace().Match(File.ReadAllText(RepoRoot.Combine(file))).Groups[1].Value
                != Folder(file)["tests/".Length..].Replace('/', '.'));

        Assert.Empty(strays);
    }

    private static string Folder(string file) => Path.GetDirectoryName(file)!.Replace('\\', '/');

    private static string SourceOf(string folder)
    {
        var (tests, source) = Roots.First(root => folder.StartsWith(root.Tests, StringComparison.Ordinal));
        return source + folder[tests.Length..];
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
