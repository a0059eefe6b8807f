using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Tests.Sources.Files;

public sealed class FileReplacementTests : IDisposable
{
    private const string Health = ".superloop/ops-manager/loop/health.json";

    /// <summary>No process has it: Linux gives out numbers up to 4,194,304.</summary>
    private const int NoProcess = 2_000_000_000;

    private readonly TempRepo repo = new();
    private readonly FileReplacement replacement;

    public FileReplacementTests() => replacement = new FileReplacement(new LinuxTree(repo.Root, null, stepwise: false));

    [Fact]
    public void A_file_is_made_with_its_directory_and_then_replaced()
    {
        replacement.Replace(Health, "first"u8);
        replacement.Replace(Health, "second"u8);
        Assert.Equal("second", File.ReadAllText(repo.Full(Health)));
        Assert.Equal(["health.json"], Names());
    }

    [Fact]
    public void Who_has_the_old_file_open_goes_on_reading_it()
    {
        replacement.Replace(Health, "first"u8);
        using var old = new StreamReader(repo.Full(Health));
        replacement.Replace(Health, "second"u8);
        Assert.Equal("first", old.ReadToEnd());
    }

    [Fact]
    public void What_a_manager_that_was_killed_left_behind_long_ago_is_removed()
    {
        replacement.Replace(Health, "first"u8);
        LeaveBehind($"health.json.{NoProcess}.1.tmp", TimeSpan.FromHours(1));
        replacement.Replace(Health, "second"u8);
        Assert.Equal(["health.json"], Names());
    }

    [Fact]
    public void What_may_still_be_written_stays()
    {
        replacement.Replace(Health, "first"u8);
        LeaveBehind($"health.json.{NoProcess}.1.tmp", TimeSpan.Zero);
        LeaveBehind("health.json.1.1.tmp", TimeSpan.FromHours(1));
        LeaveBehind("other.json.1.tmp", TimeSpan.FromHours(1));
        replacement.Replace(Health, "second"u8);
        Assert.Equal(["health.json", "health.json.1.1.tmp", $"health.json.{NoProcess}.1.tmp", "other.json.1.tmp"], Names());
    }

    [Fact]
    public void Where_it_fails_no_half_file_is_left()
    {
        Directory.CreateDirectory(repo.Full(Health));
        File.WriteAllText(repo.Full(Health) + "/inside", "");
        Assert.ThrowsAny<IOException>(() => replacement.Replace(Health, "text"u8));
        Assert.Equal(["health.json"], Names());
    }

    public void Dispose() => repo.Dispose();

    private string[] Names() =>
        [.. Directory.EnumerateFileSystemEntries(Folder).Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private string Folder => Path.GetDirectoryName(repo.Full(Health))!;

    private void LeaveBehind(string name, TimeSpan age)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, "half");
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(repo.Full(Health)) - age);
    }
}
