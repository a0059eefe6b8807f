using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Tests.Sources.Files;

public sealed class RepoFilesTests : IDisposable
{
    private readonly TempRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Theory]
    [InlineData(ArtifactPaths.State)]
    [InlineData(".superloop/missing.json")]
    [InlineData(".superloop/no/such/directory.json")]
    [InlineData(".superloop/state.json/below-a-file")]
    [InlineData(".superloop/empty")]
    [InlineData(".superloop/loops")]
    [InlineData(".superloop/é 漢")]
    public void Both_ways_to_look_at_a_file_see_the_same(string path)
    {
        repo.Write(ArtifactPaths.State, "{\"active\":true}");
        repo.Write(".superloop/empty", "");
        repo.Write(".superloop/é 漢", "x");
        File.SetLastWriteTimeUtc(repo.Full(ArtifactPaths.State), new DateTime(2026, 11, 22, 19, 0, 0, DateTimeKind.Utc).AddTicks(1234567));

        var portable = new PortableStats(new FileSystem()).Probe(repo.Full(path));
        var statx = new StatxStats().Probe(repo.Full(path));

        Assert.True(StatxStats.IsSupported);
        Assert.Equal((portable.Condition, portable.Fault), (statx.Condition, statx.Fault));
        Assert.Equal((portable.Stamp.Size, portable.Stamp.ModifiedAt), (statx.Stamp.Size, statx.Stamp.ModifiedAt));
    }

    [Fact]
    public void A_file_replaced_by_rename_has_another_identity_and_one_written_in_place_has_not()
    {
        repo.Write(ArtifactPaths.State, "a");
        var before = Identity();
        repo.Write(ArtifactPaths.State, "b");
        Assert.Equal(before, Identity());

        repo.Replace(ArtifactPaths.State, "b");
        Assert.NotEqual(before, Identity());
    }

    [Fact]
    public void Directories_are_listed_in_order_without_files()
    {
        Directory.CreateDirectory(repo.Full(".superloop/loops/b"));
        Directory.CreateDirectory(repo.Full(".superloop/loops/B"));
        repo.Write(".superloop/loops/file", "x");

        Assert.Equal(["B", "b", TempRepo.Loop], repo.Files.Directories(ArtifactPaths.Loops));
        Assert.Empty(repo.Files.Directories(".superloop/nowhere"));
    }

    [Fact]
    public void Files_are_listed_in_order_without_directories_and_links_are_said_to_be_links()
    {
        const string Root = ".superloop/loops/" + TempRepo.Loop;
        repo.Write($"{Root}/b", "12");
        repo.Write($"{Root}/A", "1");
        Directory.CreateDirectory(repo.Full($"{Root}/logs"));
        File.CreateSymbolicLink(repo.Full($"{Root}/link"), "/etc/passwd");
        File.CreateSymbolicLink(repo.Full($"{Root}/linked"), "/etc");
        File.CreateSymbolicLink(repo.Full($"{Root}/nowhere"), "gone");

        var listed = repo.Files.Files(Root);
        Assert.Equal(["A", "b", "link", "linked", "nowhere"], listed.Select(static entry => entry.Name));
        Assert.Equal([1, 2, 0, 0, 0], listed.Select(static entry => entry.Stamp.Size));
        Assert.Equal(
            [null, null, FileProbe.Link.Fault, FileProbe.Link.Fault, FileProbe.Link.Fault], listed.Select(static entry => entry.Fault));
        Assert.Empty(repo.Files.Files(".superloop/nowhere"));
        Assert.Empty(repo.Files.Files($"{Root}/b"));
    }

    [Fact]
    public void Reading_behind_the_end_gives_nothing()
    {
        repo.Write(ArtifactPaths.State, "abc");
        var buffer = new byte[10];

        Assert.Equal(3, repo.Files.ReadAt(ArtifactPaths.State, 0, buffer));
        Assert.Equal(1, repo.Files.ReadAt(ArtifactPaths.State, 2, buffer));
        Assert.Equal(0, repo.Files.ReadAt(ArtifactPaths.State, 3, buffer));
        Assert.Equal(0, repo.Files.ReadAt(ArtifactPaths.State, 1000, buffer));
    }

    [Fact]
    public void Reading_a_file_that_is_not_there_says_so() =>
        Assert.Throws<FileNotFoundException>(() => repo.Files.ReadAt(ArtifactPaths.State, 0, new byte[1]));

    [Fact]
    public void A_repository_can_be_removed_and_replaced_while_it_is_read()
    {
        repo.Write(ArtifactPaths.State, "abc");
        using var held = new FileStream(
            repo.Full(ArtifactPaths.State), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

        Assert.Equal(3, repo.Files.ReadAt(ArtifactPaths.State, 0, new byte[3]));
        File.Delete(repo.Full(ArtifactPaths.State));
        Assert.Equal(ArtifactCondition.Missing, repo.Files.Probe(ArtifactPaths.State).Condition);
    }

    private ulong Identity() => repo.Files.Probe(ArtifactPaths.State).Stamp.Identity!.Value;
}
