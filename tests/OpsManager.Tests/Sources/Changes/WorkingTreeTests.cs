using System.IO.Abstractions;
using OpsManager.Sources.Changes;
using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Tests.Sources.Changes;

/// <summary>Files that differ from the last commit, without anything of the repository being executed.</summary>
public sealed class WorkingTreeTests
{
    [Fact]
    public async Task What_was_changed_added_and_removed_is_listed()
    {
        using var repo = new GitRepository().Write("src/kept.cs", "a\n").Write("src/edited.cs", "a\n").Write("gone.txt", "a\n").Commit();
        repo.Write("src/edited.cs", "b\n").Write("src/new.cs", "c\n").Write("fresh/one.txt", "1").Write(".superloop/state.json", "{}");
        File.Delete(repo.Full("gone.txt"));

        var list = await repo.CompareAsync();

        Assert.Null(list.Fault);
        Assert.Equal(
            [
                ("fresh/one.txt", ChangeKind.Added), ("gone.txt", ChangeKind.Removed), ("src/edited.cs", ChangeKind.Changed),
                ("src/new.cs", ChangeKind.Added),
            ],
            list.Files.Select(static file => (file.Path, file.Kind)));
        Assert.Equal((2, 40), (list.Compared, list.Commit!.Length));
    }

    [Fact]
    public async Task Nothing_that_the_repository_names_is_executed()
    {
        using var repo = new GitRepository();
        var trace = repo.Full("executed");
        var program = TestChildren.Script(repo.Root, $"echo \"$0 $*\" >> {trace}; cat", "hostile");
        repo.Write(".gitattributes", "*.txt filter=hostile diff=hostile\n").Write("a.txt", "one\n").Write("b.cs", "one\n").Commit();
        foreach (var name in (string[])
        [
            "core.fsmonitor", "core.pager", "pager.ls-tree", "pager.rev-parse", "core.editor", "core.sshCommand", "diff.external",
            "filter.hostile.clean", "filter.hostile.smudge", "filter.hostile.process", "diff.hostile.textconv", "alias.ls-tree",
            "alias.rev-parse", "gpg.program", "credential.helper",
        ])
        {
            repo.Git("config", name, name.StartsWith("alias.", StringComparison.Ordinal) ? $"!{program}" : program);
        }

        repo.Write(".git/hooks/post-index-change", File.ReadAllText(program));
        TestChildren.SetMode(repo.Full(".git/hooks/post-index-change"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.Delete(trace);
        repo.Write("a.txt", "two\n").Write("b.cs", "two\n");

        var list = await repo.CompareAsync();

        Assert.False(File.Exists(trace), File.Exists(trace) ? File.ReadAllText(trace) : "");
        Assert.Equal(ChangeKind.Changed, list.Files.Single(static file => file.Path == "b.cs").Kind);
        Assert.Equal("filtered, not compared", list.Files.Single(static file => file.Path == "a.txt").Note);
    }

    [Fact]
    public async Task An_object_that_is_missing_is_not_fetched_by_a_program_that_the_repository_names()
    {
        using var repo = new GitRepository().Write("dir/a.txt", "one\n").Commit();
        var trace = repo.Full("executed");
        var program = TestChildren.Script(repo.Root, $"echo run >> {trace}", "hostile");
        repo.Git("config", "core.repositoryFormatVersion", "1");
        repo.Git("config", "extensions.partialClone", "origin");
        repo.Git("config", "remote.origin.promisor", "true");
        repo.Git("config", "remote.origin.url", $"ext::{program} %S");
        repo.Git("config", "protocol.ext.allow", "always");
        foreach (var tree in Directory.GetFiles(repo.Full(".git/objects"), "*", SearchOption.AllDirectories))
        {
            if (new FileInfo(tree).Directory!.Name.Length == 2 && !IsCommit(repo, tree))
            {
                File.Delete(tree);
            }
        }

        var list = await repo.CompareAsync();

        Assert.NotNull(list.Fault);
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public async Task A_link_is_not_followed_and_a_file_that_differs_by_its_line_ends_alone_is_the_same()
    {
        using var repo = new GitRepository().Write("text.txt", "one\ntwo\n").Write("real.txt", "x\n");
        File.CreateSymbolicLink(repo.Full("link.txt"), "/etc/passwd");
        repo.Commit();
        repo.Write("text.txt", "one\r\ntwo\r\n");
        File.Delete(repo.Full("real.txt"));
        File.CreateSymbolicLink(repo.Full("real.txt"), "/etc/passwd");

        var list = await repo.CompareAsync();

        Assert.Equal(["link.txt", "real.txt"], list.Files.Select(static file => file.Path));
        Assert.All(list.Files, static file => Assert.Equal(ChangeKind.NotCompared, file.Kind));
        Assert.All(list.Files, static file => Assert.Contains("symbolic link", file.Note, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_filter_does_not_hide_that_a_file_was_removed_and_what_differs_comes_first()
    {
        using var repo = new GitRepository().Write(".gitattributes", "*.txt filter=any\n").Write("a.txt", "1").Write("b.txt", "1")
            .Write("z.cs", "1").Commit();
        File.Delete(repo.Full("b.txt"));
        repo.Write("z.cs", "2");

        var list = await repo.CompareAsync();

        Assert.Equal(
            [("b.txt", ChangeKind.Removed), ("z.cs", ChangeKind.Changed), ("a.txt", ChangeKind.NotCompared)],
            list.Files.Select(static file => (file.Path, file.Kind)));
    }

    [Fact]
    public async Task What_gitignore_leaves_out_is_counted_and_not_listed()
    {
        using var repo = new GitRepository()
            .Write(".gitignore", "*.log\n!keep.log\n/build/\nnode_modules/\n").Write("src/.gitignore", "*.tmp\n").Write("src/a.cs", "a")
            .Commit();
        repo.Write("a.log", "").Write("keep.log", "").Write("build/out.o", "").Write("src/x.tmp", "").Write("src/build/file", "");

        var list = await repo.CompareAsync();

        Assert.Equal(["keep.log", "src/build/file"], list.Files.Select(static file => file.Path));
        Assert.Equal(3, list.Ignored);
    }

    [Fact]
    public async Task Without_a_commit_it_says_what_git_says()
    {
        using var repo = new GitRepository().Write("a.txt", "a");

        var list = await repo.CompareAsync();

        Assert.Null(list.Commit);
        Assert.StartsWith("git rev-parse: fatal:", list.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_no_longer_waits_ends_it()
    {
        using var repo = new GitRepository().Write("a.txt", "a").Commit();
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();

        var tree = new WorkingTree(GuardedFiles.Open(new FileSystem(), repo.Root), TestChildren.Create());

        await Assert.ThrowsAsync<OperationCanceledException>(() => tree.CompareAsync(ended.Token));
    }

    private static bool IsCommit(GitRepository repo, string file)
    {
        var head = File.ReadAllText(Directory.GetFiles(repo.Full(".git/refs/heads")).Single()).Trim();
        return Path.GetFileName(Path.GetDirectoryName(file)) + Path.GetFileName(file) == head;
    }
}
