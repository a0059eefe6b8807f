using System.IO.Abstractions;
using System.Reactive.Concurrency;
using System.Runtime.Versioning;
using System.Text;
using OpsManager.Core.Model;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Index;
using Xunit;

namespace OpsManager.Tests.Sources.Index;

[SupportedOSPlatform("linux")]
public sealed class IndexFolderTests : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempRepo repo = new();
    private readonly string home = Directory.CreateTempSubdirectory("ops-manager-").FullName;

    public IndexFolderTests()
    {
        for (var line = 0; line < 100; line++)
        {
            repo.Append(TempRepo.Log, Line(line));
        }
    }

    private string State => Path.Combine(home, "ops-manager");

    private string Folder => Path.Combine(State, "index");

    private string File1 => Directory.GetFiles(Folder).Single();

    public void Dispose()
    {
        repo.Dispose();
        TempFolder.Delete(home);
    }

    [Fact]
    public void A_log_seen_before_is_opened_from_its_index_and_only_the_rest_is_read()
    {
        Read();
        Assert.Equal(Own, File.GetUnixFileMode(File1));
        Assert.Equal(Own | UnixFileMode.UserExecute, new DirectoryInfo(Folder).UnixFileMode);
        repo.Append(TempRepo.Log, Line(100));

        // What is neither an end of the log nor behind the index is not read.
        ReplaceInPlace("role_start", "role_xtart", from: 5000);
        var names = Enumerable.Range(0, 101).Select(row => Read().Log!.Moment(row).Name).Distinct();
        Assert.Equal(["role_start"], names);
    }

    [Fact]
    public void The_index_of_another_version_of_the_program_is_not_used()
    {
        Read("1.0");
        var bytes = File.ReadAllBytes(File1);
        Read("1.1");
        Assert.NotEqual(bytes, File.ReadAllBytes(File1));
        AssertRight();
    }

    [Fact]
    public void Another_log_in_the_same_place_with_the_same_size_and_time_is_indexed_again()
    {
        Read();
        var time = File.GetLastWriteTimeUtc(repo.Full(TempRepo.Log));
        ReplaceInPlace("role_start", "tests_star", from: 0);
        File.SetLastWriteTimeUtc(repo.Full(TempRepo.Log), time);
        AssertRight();
        Assert.Equal("tests_star", Read().Tally.Newest!.Name);
    }

    [Fact]
    public void Another_log_that_differs_only_in_its_middle_is_indexed_again()
    {
        repo.Append(TempRepo.Log, new string('x', 5 * 1024 * 1024) + "\n");
        Read();
        repo.Append(TempRepo.Log, Line(101));
        using (var stream = File.Open(repo.Full(TempRepo.Log), FileMode.Open))
        {
            stream.Position = (4 * 1024 * 1024) + 7;
            stream.WriteByte((byte)'\n');
        }

        AssertRight();
        Assert.Equal(103, Read().Tally.Lines);
    }

    [Fact]
    public void A_log_that_was_changed_without_growing_is_indexed_again()
    {
        Read();
        ReplaceInPlace("role_start", "role_xtart", from: 5000);
        File.SetLastWriteTimeUtc(repo.Full(TempRepo.Log), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        AssertRight();
    }

    [Fact]
    public void A_log_that_was_cut_or_replaced_is_indexed_again()
    {
        Read();
        repo.Cut(TempRepo.Log, 4000);
        AssertRight();
        repo.Replace(TempRepo.Log, string.Concat(Enumerable.Range(0, 90).Select(Line)));
        AssertRight();
    }

    [Fact]
    public void An_index_that_is_truncated_or_empty_or_overwritten_is_made_again()
    {
        Read();
        foreach (var bad in new[] { File.ReadAllBytes(File1)[..^9], [], Encoding.UTF8.GetBytes("not an index"), new byte[100_000] })
        {
            File.WriteAllBytes(File1, bad);
            AssertRight();
        }

        Assert.NotEqual(100_000, new FileInfo(File1).Length);
    }

    [Fact]
    public void A_file_that_others_may_write_or_that_has_another_name_is_not_trusted()
    {
        Read();
        var bytes = File.ReadAllBytes(File1);
        File.SetUnixFileMode(File1, Own | UnixFileMode.GroupWrite);
        Assert.Null(FindIndex());
        File.SetUnixFileMode(File1, Own);
        Assert.NotNull(FindIndex());

        var other = Path.Combine(home, "other");
        var name = File1;
        File.Move(name, other);
        File.CreateSymbolicLink(name, other);
        Assert.Null(FindIndex());
        AssertRight();
        Assert.Null(new FileInfo(name).LinkTarget);
        Assert.Equal(bytes, File.ReadAllBytes(other));
    }

    [Fact]
    public void A_link_in_place_of_the_directory_is_not_followed()
    {
        Directory.CreateDirectory(State);
        var elsewhere = Directory.CreateDirectory(Path.Combine(home, "elsewhere")).FullName;
        Directory.CreateSymbolicLink(Folder, elsewhere);
        AssertRight();
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
    }

    [Fact]
    public void A_state_directory_that_cannot_be_made_is_no_hindrance()
    {
        File.WriteAllText(State, "a file is where the directory should be");
        AssertRight();
        AssertRight();
    }

    [Fact]
    public void The_oldest_indexes_go_where_there_are_too_many()
    {
        Directory.CreateDirectory(Folder);
        foreach (var (name, year) in new[] { ("0000000000000001.idx", 2001), ("0000000000000002.idx", 2002), ("notes.txt", 2000) })
        {
            var path = Path.Combine(Folder, name);
            using (var stream = File.Create(path))
            {
                stream.SetLength(IndexFolder.MaxTotalBytes * 2 / 3);
            }

            File.SetLastWriteTimeUtc(path, new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        Read();
        var left = Directory.GetFiles(Folder).Select(Path.GetFileName).ToArray();
        Assert.Equal(3, left.Length);
        Assert.DoesNotContain("0000000000000001.idx", left);
    }

    private static string Line(int number) =>
        $$"""{"timestamp":"2026-11-22T19:00:01Z","event":"role_start","run_id":"r","iteration":{{number % 7}},"role":"planner"}""" + "\n";

    private LoopModel Read(string program = "1.0")
    {
        using var folder = new IndexFolder(new FileSystem(), State, program, ImmediateScheduler.Instance);
        return FoldedLog.Read(repo, folder);
    }

    private KeptIndex? FindIndex() => ((IKeptIndexes)new IndexFolder(new FileSystem(), State, "1.0", ImmediateScheduler.Instance))
        .Find(repo.Files.Probe(TempRepo.Log).Stamp);

    private void AssertRight() => FoldedLog.AssertSame(FoldedLog.Read(repo, null), Read());

    /// <summary>Changes a word of the same length in the file as it is, from a place on.</summary>
    private void ReplaceInPlace(string word, string by, int from)
    {
        var text = File.ReadAllText(repo.Full(TempRepo.Log));
        var at = text.IndexOf(word, from, StringComparison.Ordinal);
        var changed = from == 0 ? text.Replace(word, by, StringComparison.Ordinal) : text[..at] + by + text[(at + word.Length)..];
        using var stream = File.Open(repo.Full(TempRepo.Log), FileMode.Open);
        stream.Write(Encoding.UTF8.GetBytes(changed));
    }
}
