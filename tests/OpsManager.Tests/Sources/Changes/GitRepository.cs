using System.Diagnostics;
using System.IO.Abstractions;
using OpsManager.Sources.Changes;
using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Tests.Sources.Changes;

/// <summary>A repository of git in a folder of its own; the tests that use it skip where git is not installed.</summary>
internal sealed class GitRepository : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-git-").FullName;

    public GitRepository()
    {
        if (TestChildren.Create().Find("git").File is null)
        {
            TempFolder.Delete(folder);
            Assert.Skip("git is not installed");
        }

        Git("init", "-q");
        Git("config", "user.email", "ada@example.org");
        Git("config", "user.name", "Ada");
    }

    public string Root => folder;

    public void Dispose() => TempFolder.Delete(folder);

    public GitRepository Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
        return this;
    }

    public GitRepository Commit()
    {
        Git("add", "-A");
        Git("commit", "-q", "--allow-empty", "-m", "work");
        return this;
    }

    public string Full(string path) => Path.Combine(Root, path);

    public Task<ChangeList> CompareAsync() => new WorkingTree(GuardedFiles.Open(new FileSystem(), Root), TestChildren.Create())
        .CompareAsync(TestContext.Current.CancellationToken);

    public void Git(params string[] words)
    {
        var start = new ProcessStartInfo("git", words) { WorkingDirectory = Root, RedirectStandardError = true };
        using var git = Process.Start(start)!;
        var errors = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, errors);
    }
}
