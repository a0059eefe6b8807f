using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>A line of code is under 140 columns, so that two files stand beside each other on a screen.</summary>
public sealed class LineLengthTests
{
    private const int MaxColumns = 139;

    public static TheoryData<string> Folders => ["src", "tests"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_line_of_code_is_under_140_columns(string folder)
    {
        var found = RepoRoot.Files(folder, "*.cs").SelectMany(LongLines);

        Assert.Empty(found);
    }

    /// <summary>Places of long lines. Text in raw strings is data: a row of a log is one line, however long.</summary>
    private static IEnumerable<string> LongLines(string path)
    {
        var inData = false;
        var number = 0;
        foreach (var line in File.ReadLines(RepoRoot.Combine(path)))
        {
            number++;
            var marks = line.Split("\"\"\"").Length - 1;
            if (line.Length > MaxColumns && !inData && marks == 0)
            {
                yield return $"{path}:{number} has {line.Length} columns";
            }

            inData ^= marks % 2 == 1;
        }
    }
}
