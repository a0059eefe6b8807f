using System.IO.Abstractions;
using OpsManager.Sources.Processes;
using Xunit;

namespace OpsManager.Tests.Sources.Processes;

public sealed class ProgramFinderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-finder-").FullName;

    public ProgramFinderTests() => TestChildren.Script(folder, "", "here");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Of_PATH_only_absolute_entries_count()
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder);

        Assert.Equal($"{folder}/here", Find("here", $":.:{relative}:{folder}:").File);
        Assert.Equal((null, "is not on PATH"), Parts(Find("here", $":.:{relative}::")));
        Assert.Equal((null, "is not on PATH"), Parts(Find("here", null)));
        Assert.Equal((null, "is not on PATH"), Parts(Find("", folder)));
        Assert.Equal((null, "is not on PATH"), Parts(Find("..", folder)));
    }

    [Fact]
    public void A_name_with_a_slash_is_a_path_because_somebody_wrote_the_slash()
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder);

        Assert.Equal($"{folder}/here", Find($"{relative}/here", null).File);
        Assert.Equal((null, "does not exist"), Parts(Find("./no-such-program-here", folder)));
    }

    [Fact]
    public void What_cannot_be_started_is_passed_over_for_what_can()
    {
        var first = Directory.CreateDirectory(Path.Combine(folder, "first")).FullName;
        var second = Directory.CreateDirectory(Path.Combine(folder, "second")).FullName;
        Directory.CreateDirectory(Path.Combine(first, "here"));
        File.WriteAllText(Path.Combine(second, "here"), "no program");

        Assert.Equal($"{folder}/here", Find("here", $"{first}:{second}:{folder}").File);
        Assert.Equal(
            (null, $"is on PATH only as {second}/here, which is not executable: run chmod +x on it"),
            Parts(Find("here", $"{first}:{second}")));
    }

    private static (string?, string?) Parts(FoundProgram found) => (found.File, found.Fault);

    private static FoundProgram Find(string name, string? path) =>
        new ProgramFinder(new FileSystem(), variable => variable == "PATH" ? path : null).Find(name);
}
