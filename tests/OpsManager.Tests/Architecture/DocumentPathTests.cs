using System.Text.RegularExpressions;
using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>A document names files and folders of this project by their full path in backticks. What it names has to be there.</summary>
public sealed partial class DocumentPathTests
{
    /// <summary>The page that leads through the code. Another one may name no path at all.</summary>
    private const string Guide = "docs/architecture.md";

    public static TheoryData<string> Documents => ["README.md", "CONTRIBUTING.md", .. RepoRoot.Files("docs", "*.md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_that_a_document_names_exists(string document)
    {
        var missing = PathsIn(document).Where(static path => !Path.Exists(RepoRoot.Combine(path)));

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("src/OpsManager.Sources/Files/GuardedFiles.cs")]
    [InlineData("src/OpsManager.Sources/Processes/ChildProcess.cs")]
    [InlineData("src/OpsManager.Sources/SteadyTime.cs")]
    [InlineData("src/OpsManager.Core/Fold/Reducer.cs")]
    public void The_guide_through_the_code_names_the_doors_and_the_fold(string path) => Assert.Contains(path, PathsIn(Guide));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_heading_that_a_document_links_to_exists(string document)
    {
        var missing =
            from link in Anchor().Matches(File.ReadAllText(RepoRoot.Combine(document)))
            let page = link.Groups["page"].Value
            let target = page.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, page)
            where target.EndsWith(".md", StringComparison.Ordinal) && !Headings(target).Contains(link.Groups["heading"].Value)
            select link.Value;

        Assert.Empty(missing);
    }

    private static IEnumerable<string> PathsIn(string document) =>
        NamedPath().Matches(File.ReadAllText(RepoRoot.Combine(document)))
            .Select(static match => match.Groups[1].Value)
            .Distinct(StringComparer.Ordinal);

    /// <summary>Headings as links have them: in lower case, with a hyphen for each blank and without other signs.</summary>
    private static IEnumerable<string> Headings(string document)
    {
        var isCode = false;
        foreach (var line in File.ReadLines(RepoRoot.Combine(document)))
        {
            isCode ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (!isCode && line.StartsWith('#'))
            {
                var kept = line.TrimStart('#').Trim().ToLowerInvariant()
                    .Where(static letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_');
                yield return string.Concat(kept).Replace(' ', '-');
            }
        }
    }

    /// <summary>A link to a heading, of this page or another one.</summary>
    [GeneratedRegex(@"\]\((?<page>[^)#:]*)#(?<heading>[^)]+)\)")]
    private static partial Regex Anchor();

    /// <summary>Text in backticks that begins with a folder of the project and is one word.</summary>
    [GeneratedRegex(@"`((?:src|tests|docs|eng|themes|keymaps|sample-runs)/[^`\s]*)`")]
    private static partial Regex NamedPath();
}
