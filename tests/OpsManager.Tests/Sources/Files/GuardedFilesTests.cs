using System.Diagnostics;
using System.IO.Abstractions;
using System.Runtime.InteropServices;
using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Tests.Sources.Files;

/// <summary>
/// A repository that somebody prepared: nothing outside it is read or written through it, whichever way the host offers.
/// </summary>
public sealed partial class GuardedFilesTests : IDisposable
{
    private const string Loop = ".superloop/loops/" + TempRepo.Loop;
    private const string Manager = ".superloop/ops-manager/" + TempRepo.Loop;
    private const string Secret = "the operator's own text\n";

    private readonly TempRepo repo = new();
    private readonly string outside = Directory.CreateTempSubdirectory("ops-manager-outside-").FullName;

    public GuardedFilesTests()
    {
        File.WriteAllText(Victim, Secret);
        Directory.CreateDirectory(repo.Full(Manager));
    }

    private string Victim => Path.Combine(outside, "profile");

    /// <summary>The kernel's own walk, ours where a kernel has none, and the one of other systems.</summary>
    public enum Way
    {
        Kernel, Stepwise, Portable,
    }

    public static TheoryData<Way> Ways => [Way.Kernel, Way.Stepwise, Way.Portable];

    public void Dispose()
    {
        repo.Dispose();
        Directory.Delete(outside, recursive: true);
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_link_in_the_place_of_a_file_is_neither_read_nor_written(Way way)
    {
        File.CreateSymbolicLink(repo.Full($"{Manager}/escalations.jsonl"), Victim);
        var files = Open(way);

        Assert.Equal(FileProbe.Link, files.Probe($"{Manager}/escalations.jsonl"));
        AssertRefused($"{Manager}/escalations.jsonl", () => files.ReadAt($"{Manager}/escalations.jsonl", 0, new byte[8]));
        AssertRefused($"{Manager}/escalations.jsonl", () => files.AppendLine($"{Manager}/escalations.jsonl", "{}"));
        Assert.Equal(Secret, File.ReadAllText(Victim));
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_link_to_a_file_that_is_not_there_yet_makes_none(Way way)
    {
        var planted = Path.Combine(outside, "planted");
        File.CreateSymbolicLink(repo.Full($"{Manager}/intents.jsonl"), planted);

        AssertRefused($"{Manager}/intents.jsonl", () => Open(way).AppendLine($"{Manager}/intents.jsonl", "{}"));
        Assert.False(File.Exists(planted));
    }

    [Theory]
    [InlineData(Way.Kernel, ".superloop/ops-manager/" + TempRepo.Loop)]
    [InlineData(Way.Kernel, ".superloop/ops-manager")]
    [InlineData(Way.Kernel, ".superloop")]
    [InlineData(Way.Stepwise, ".superloop/ops-manager/" + TempRepo.Loop)]
    [InlineData(Way.Stepwise, ".superloop/ops-manager")]
    [InlineData(Way.Stepwise, ".superloop")]
    [InlineData(Way.Portable, ".superloop/ops-manager/" + TempRepo.Loop)]
    [InlineData(Way.Portable, ".superloop/ops-manager")]
    [InlineData(Way.Portable, ".superloop")]
    public void A_link_on_the_way_is_refused_with_its_name(Way way, string link)
    {
        var rest = $"{Manager}/state.json"[(link.Length + 1)..];
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(outside, rest))!);
        File.WriteAllText(Path.Combine(outside, rest), Secret);
        Directory.Delete(repo.Full(link), recursive: true);
        Directory.CreateSymbolicLink(repo.Full(link), outside);
        var files = Open(way);

        Assert.Equal(ArtifactCondition.Unreadable, files.Probe($"{Manager}/state.json").Condition);
        Assert.StartsWith($"{link} is a symbolic link", files.Probe($"{Manager}/state.json").Fault, StringComparison.Ordinal);
        AssertRefused(link, () => files.ReadAt($"{Manager}/state.json", 0, new byte[8]));
        AssertRefused(link, () => files.Replace($"{Manager}/state.json", "{}"));
        AssertRefused(link, () => files.AppendLine($"{Manager}/new/rows.jsonl", "{}"));
        if (way != Way.Portable)
        {
            AssertRefused(link, () => files.OpenHandle($"{Manager}/manager.lock").Dispose());
        }

        AssertRefused(link, () => files.Directories(Manager));
        Assert.Equal(Secret, File.ReadAllText(Path.Combine(outside, rest)));
        Assert.Equal(
            Directory.GetFiles(outside, "*", SearchOption.AllDirectories).Order(), new[] { Victim, Path.Combine(outside, rest) }.Order());
    }

    [Theory]
    [InlineData(Way.Kernel)]
    [InlineData(Way.Stepwise)]
    public void A_directory_that_becomes_a_link_between_two_looks_is_noticed(Way way)
    {
        repo.Write($"{Loop}/plan.md", "ours");
        var files = Open(way);
        Assert.True(files.Probe($"{Loop}/plan.md").IsPresent);

        File.WriteAllText(Path.Combine(outside, "plan.md"), Secret);
        Directory.Move(repo.Full(Loop), repo.Full(Loop + ".old"));
        Directory.CreateSymbolicLink(repo.Full(Loop), outside);

        Assert.StartsWith($"{Loop} is a symbolic link", files.Probe($"{Loop}/plan.md").Fault, StringComparison.Ordinal);
        AssertRefused(Loop, () => files.ReadAt($"{Loop}/plan.md", 0, new byte[8]));
    }

    [Theory]
    [InlineData(Way.Kernel)]
    [InlineData(Way.Stepwise)]
    public void A_file_with_another_name_elsewhere_is_read_but_neither_written_nor_served(Way way)
    {
        Assert.Equal(0, Link(Victim, repo.Full($"{Manager}/escalations.jsonl")));
        var files = Open(way);

        Assert.True(files.Probe($"{Manager}/escalations.jsonl") is { IsPresent: true, HasOtherNames: true });
        Assert.Equal(8, files.ReadAt($"{Manager}/escalations.jsonl", 0, new byte[8]));
        Assert.Contains(
            "hard link", Assert.Throws<PathRefusedException>(() => files.AppendLine($"{Manager}/escalations.jsonl", "{}")).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "hard link", Assert.Throws<PathRefusedException>(() => files.OpenHandle($"{Manager}/escalations.jsonl")).Message,
            StringComparison.Ordinal);

        var served = Open(way, servesOthers: true);
        Assert.Contains("hard link", served.Probe($"{Manager}/escalations.jsonl").Fault, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => served.ReadAt($"{Manager}/escalations.jsonl", 0, new byte[8]));

        // What takes its place leaves the other name alone.
        files.Replace($"{Manager}/escalations.jsonl", "{}");
        Assert.Equal(Secret, File.ReadAllText(Victim));
    }

    [Theory]
    [InlineData(Way.Kernel)]
    [InlineData(Way.Stepwise)]
    public void A_pipe_is_no_file_and_nobody_waits_for_it(Way way)
    {
        Assert.Equal(0, MakeFifo(repo.Full($"{Manager}/rollout.json"), 0x1FF));
        var files = Open(way);

        Assert.Equal(FileProbe.NotRegular, files.Probe($"{Manager}/rollout.json").Fault);
        Assert.Contains(
            FileProbe.NotRegular,
            Assert.Throws<PathRefusedException>(() => files.ReadAt($"{Manager}/rollout.json", 0, new byte[8])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            FileProbe.NotRegular, Assert.Throws<PathRefusedException>(() => files.AppendLine($"{Manager}/rollout.json", "{}")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../profile")]
    [InlineData("/etc/passwd")]
    [InlineData(".superloop/../../profile")]
    [InlineData(".superloop//state.json")]
    [InlineData(".")]
    public void A_path_that_leads_elsewhere_is_none(string path)
    {
        Assert.Equal(ArtifactCondition.Unreadable, repo.Files.Probe(path).Condition);
        Assert.Throws<IOException>(() => repo.Files.ReadAt(path, 0, new byte[1]));
        Assert.Throws<IOException>(() => repo.Files.Replace(path, "x"));
        Assert.Throws<IOException>(() => repo.Files.AppendLine(path, "x"));
    }

    [Fact]
    public void The_whole_superloop_may_be_a_link_where_the_user_allows_it_and_nothing_below_it()
    {
        Directory.Delete(repo.Full(".superloop"), recursive: true);
        Directory.CreateSymbolicLink(repo.Full(".superloop"), outside);
        File.WriteAllText(Path.Combine(outside, "state.json"), "{}");
        File.CreateSymbolicLink(Path.Combine(outside, "active-run.json"), Victim);
        var host = new HostFileSystem();
        host.Links.Add([repo.Root]);

        var files = GuardedFiles.Open(host, repo.Root);
        Assert.True(files.IsFile(ArtifactPaths.State));
        Assert.Equal(FileProbe.Link, files.Probe(ArtifactPaths.ActiveRun));
        files.Replace($"{Manager}/state.json", "{}");
        Assert.Equal("{}\n", File.ReadAllText(Path.Combine(outside, "ops-manager", TempRepo.Loop, "state.json")));

        Assert.Contains(
            "--allow-link", GuardedFiles.Open(new HostFileSystem(), repo.Root).Probe(ArtifactPaths.State).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_asked_for_allowed_links_only_where_a_link_is_met()
    {
        var asked = 0;
        var host = new HostFileSystem();
        host.Links.AddLater(() =>
        {
            asked++;
            return [repo.Root];
        });

        Assert.True(GuardedFiles.Open(host, repo.Root).IsDirectory(Loop));
        Assert.Equal(0, asked);

        Directory.Move(repo.Full(".superloop"), Path.Combine(outside, "kept"));
        Directory.CreateSymbolicLink(repo.Full(".superloop"), Path.Combine(outside, "kept"));
        Assert.True(GuardedFiles.Open(host, repo.Root).IsDirectory(Loop));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void What_a_killed_writer_left_goes_with_the_next_write_and_a_living_writers_stays()
    {
        using var gone = Process.Start("/bin/true")!;
        gone.WaitForExit();
        string[] names = [
            $"state.json.{gone.Id}.tmp", $"state.json.{gone.Id}.7.tmp", "state.json.1.tmp", $"state.json.{gone.Id}.fresh.tmp", "other.tmp"
        ];
        foreach (var name in names)
        {
            repo.Write($"{Manager}/{name}", "half");
        }

        var young = $"state.json.{gone.Id}.9.tmp";
        File.WriteAllText(repo.Full($"{Manager}/{young}"), "half");

        repo.Files.Replace($"{Manager}/state.json", "{}");

        Assert.Equal(
            new[] { "other.tmp", "state.json", "state.json.1.tmp", young, $"state.json.{gone.Id}.fresh.tmp" }.Order(
                StringComparer.Ordinal),
            repo.Files.Files(Manager).Select(static file => file.Name));
    }

    private GuardedFiles Open(Way way, bool servesOthers = false)
    {
        var files = new FileSystem();
        IGuardedDisk disk = way == Way.Portable
            ? new PortableDisk(files, repo.Root, null)
            : new LinuxDisk(repo.Root, null, stepwise: way == Way.Stepwise);
        return new GuardedFiles(files, repo.Root, disk, servesOthers);
    }

    [Fact]
    public void A_file_that_is_named_by_another_path_than_its_repository_is_behind_the_door_all_the_same()
    {
        var outside = Directory.CreateTempSubdirectory("ops-manager-outside-").FullName;
        var named = $"{outside}/named";
        Directory.CreateSymbolicLink(named, repo.Root);
        Directory.CreateSymbolicLink(repo.Full($"{Loop}/evil"), outside);
        var byLink = GuardedFiles.Open(new FileSystem(), named);

        AssertRefused("evil", () => GuardedPath.Named(new FileSystem(), byLink, repo.Full($"{Loop}/evil/s.json")).Replace("{}"));
        Assert.False(File.Exists($"{outside}/s.json"));
        GuardedPath.Named(new FileSystem(), byLink, repo.Full($"{Loop}/s.json")).Replace("{}");
        Assert.True(File.Exists(repo.Full($"{Loop}/s.json")));
        Directory.Delete(outside, recursive: true);
    }

    private static void AssertRefused(string link, Action act) =>
        Assert.Contains($"{link} is a symbolic link", Assert.ThrowsAny<IOException>(act).Message, StringComparison.Ordinal);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);
}
