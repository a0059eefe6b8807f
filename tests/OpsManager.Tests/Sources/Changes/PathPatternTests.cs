using OpsManager.Sources.Changes;
using Xunit;

namespace OpsManager.Tests.Sources.Changes;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("*.log", "", "a/b.log", false, true)]
    [InlineData("/a.log", "", "b/a.log", false, false)]
    [InlineData("a/*.log", "", "a/b/c.log", false, false)]
    [InlineData("a/**/c", "", "a/b/b/c", false, true)]
    [InlineData("a/**", "", "a/b/c", false, true)]
    [InlineData("**/c", "", "c", false, true)]
    [InlineData("build/", "", "build", false, false)]
    [InlineData("build/", "", "x/build", true, true)]
    [InlineData("[ab].txt", "", "b.txt", false, true)]
    [InlineData("[!ab].txt", "", "b.txt", false, false)]
    [InlineData("\\*.txt", "", "a.txt", false, false)]
    [InlineData("*.cs", "src/", "src/deep/a.cs", false, true)]
    [InlineData("*.cs", "src/", "other/a.cs", false, false)]
    [InlineData("a?c", "", "a/c", false, false)]
    [InlineData("[", "", "[", false, true)]
    public void A_pattern_matches_as_git_says(string pattern, string directory, string path, bool isDirectory, bool matches) =>
        Assert.Equal(matches, PathPattern.Parse(pattern, directory)?.Matches(path, isDirectory) == true);
}
