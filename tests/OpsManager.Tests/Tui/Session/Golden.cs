
namespace OpsManager.Tests.Tui.Session;

/// <summary>
/// Screens as text files. <c>UPDATE_GOLDEN=1 dotnet test</c> writes them anew: look at the difference before it is committed.
/// </summary>
internal static class Golden
{
    public static void Assert(string name, string screen)
    {
        var path = RepoRoot.Combine("tests", "OpsManager.Tests", "Tui", "Session", "Golden", $"{name}.golden.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, screen + "\n");
            return;
        }

        Xunit.Assert.True(File.Exists(path), $"there is no {path}; write it with UPDATE_GOLDEN=1");
        Xunit.Assert.Equal(File.ReadAllText(path), screen + "\n");
    }
}
