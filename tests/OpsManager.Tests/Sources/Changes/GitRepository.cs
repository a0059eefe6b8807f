using System.Diagnostics;
using System.IO.Abstractions;
using OpsManager.Sources.Changes;
using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Tests.Sources.Changes;

/// <summary>A repository of git in a folder of its own; the tests that use it skip where git is not installed.</summary>
internal sealed class GitRepository : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"ops-manager-git-{Guid.NewGuid():N}");

    public GitRepository()
    {
        SkipWithoutGit();
        Directory.CreateDirectory(folder);
        Git("init", "-q");
        Git("config", "user.email", "ada@example.org");
        Git("config", "user.name", "Ada");
    }

    public string Root => folder;

    /// <summary>Makes a repository of git where there is one of the runtime, with these files and what is there already.</summary>
    public static void Begin(string root, params string[] files)
    {
        SkipWithoutGit();
        foreach (var file in files)
        {
            File.WriteAllText(Path.Combine(root, file), "as committed\n");
        }

        foreach (var words in (string[][])
        [
            ["init", "-q"], ["config", "user.email", "ada@example.org"], ["config", "user.name", "Ada"], ["add", "-A"],
            ["commit", "-q", "-m", "work"],
        ])
        {
            Run(root, words);
        }
    }

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

    public void Git(params string[] words) => Run(Root, words);

    private static void SkipWithoutGit() =>
        Assert.SkipWhen(TestChildren.Create().Find("git").File is null, "git is not installed");

    private static void Run(string root, string[] words)
    {
        var start = new ProcessStartInfo("git", words) { WorkingDirectory = root, RedirectStandardError = true };
        using var git = Process.Start(start)!;
        var errors = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, errors);
    }
}
