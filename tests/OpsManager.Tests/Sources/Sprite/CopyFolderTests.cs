using System.IO.Abstractions;
using OpsManager.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

public sealed class CopyFolderTests : IDisposable
{
    private readonly TempRepo home = new();
    private readonly FileSystem files = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public void Two_programs_have_a_copy_each_and_keep_what_the_manager_keeps_in_one_place()
    {
        using var one = CopyFolder.Claim(files, home.Full("app"));
        using var other = CopyFolder.Claim(files, home.Full("app"));

        Assert.Equal(home.Full("app"), one.Path);
        Assert.NotEqual(one.Path, other.Path);
        Write(other.Path, ".superloop/ops-manager/a/rollout.json");
        Assert.True(File.Exists(Path.Combine(one.Path, ".superloop/ops-manager/a/rollout.json")));
        Write(other.Path, ".superloop/state.json");
        Assert.False(File.Exists(Path.Combine(one.Path, ".superloop/state.json")));
    }

    [Fact]
    public void A_copy_that_nobody_holds_any_more_is_taken_again()
    {
        CopyFolder.Claim(files, home.Full("app")).Dispose();
        using var one = CopyFolder.Claim(files, home.Full("app"));
        string second;
        using (var other = CopyFolder.Claim(files, home.Full("app")))
        {
            second = other.Path;
        }

        using var third = CopyFolder.Claim(files, home.Full("app"));

        Assert.Equal((home.Full("app"), second), (one.Path, third.Path));
    }

    private static void Write(string root, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
        File.WriteAllText(Path.Combine(root, path), "{}");
    }
}
