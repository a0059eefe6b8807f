using System.Text.RegularExpressions;
using OpsManager.Tests.Tui.Replay;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Session;

/// <summary>
/// The pictures in README.md and docs/screen.md are what the program draws. <c>UPDATE_GOLDEN=1 dotnet test</c> draws them anew.
/// </summary>
public sealed partial class ScreenPageTests
{
    private static readonly (string, double)[] Runs = [
        ("tokens-and-logs", 300), ("role-fails", 8), ("approval-approved", 11.3), ("two-loops", 60)
    ];

    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("docs/screen.md", 6)]
    [InlineData("docs/control.md", 2)]
    public void Its_pictures_are_what_the_program_draws(string file, int pictures)
    {
        var path = RepoRoot.Combine(file);
        var page = File.ReadAllText(path);

        var drawn = Picture().Replace(page, static found => $"{found.Groups["head"].Value}```\n{Draw(found)}\n```");

        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, drawn);
        }

        Assert.Equal(pictures, Picture().Count(page));
        Assert.Equal(drawn, File.ReadAllText(path));
    }

    private static string Draw(Match picture)
    {
        var (columns, rows) = (int.Parse(picture.Groups["columns"].ValueSpan), int.Parse(picture.Groups["rows"].ValueSpan));
        var keys = picture.Groups["keys"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (picture.Groups["name"].Value == "replay")
        {
            using var replay = new ReplayScreen(columns, rows, "role-fails");
            return replay.Press(keys).Text.TrimEnd('\n');
        }

        // Only on a live run is anything asked.
        using var screen = picture.Groups["name"].Value.StartsWith("ask", StringComparison.Ordinal)
            ? ScreenDriver.Live(columns, rows, "approval-approved", 11.3)
            : ScreenDriver.At(columns, rows, ColorDepth.True, Runs).Select("tokens-and-logs/checkout-flow");
        foreach (var key in keys)
        {
            _ = key.StartsWith("text:", StringComparison.Ordinal)
                ? screen.Type(key["text:".Length..].Replace('_', ' '))
                : screen.Press(key);
        }

        return screen.Text.TrimEnd('\n');
    }

    [GeneratedRegex(
        @"(?<head><!-- picture: (?<name>\S+) (?<columns>\d+)x(?<rows>\d+) (?<keys>[^\n]*) -->\n)```\n.*?```", RegexOptions.Singleline)]
    private static partial Regex Picture();
}
