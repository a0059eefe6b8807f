using System.IO.Abstractions;
using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Replay;

public sealed class RecordingReaderTests : IDisposable
{
    private const string Header = """{"tape":"v1","title":"A run","recordedAt":"2026-11-22T19:00:00Z"}""";
    private const string Step = """{"atMs":12000,"op":"put","path":".superloop/state.json","text":"{}"}""";

    private static readonly byte[] Sample = File.ReadAllBytes(RepoRoot.Combine("sample-runs", "role-fails.tape.jsonl"));

    private readonly RecordingFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("role-fails.tape.jsonl")]
    [InlineData("role-fails.tape.jsonl.gz")]
    [InlineData("a file of any name")]
    public void A_tape_is_read_plain_or_packed_whatever_it_is_called(string name)
    {
        folder.Write(name, name.EndsWith('e') ? RecordingFolder.Gzip(Sample) : name.EndsWith("gz", StringComparison.Ordinal)
            ? RecordingFolder.Gzip(Sample) : Sample);

        var entry = Only(name);
        var tape = entry.Open();

        Assert.Equal(name.StartsWith('a') ? name : "role-fails", entry.Info.Name);
        Assert.Equal((entry.Info.Name, entry.Info.Title, (string?)null), (tape.Name, tape.Title, tape.Fault));
        Assert.Equal(SampleTape.Read("role-fails").Steps.Count, tape.Steps.Count);
        Assert.Equal(tape.Steps.Count, entry.Open().Steps.Count);
    }

    [Fact]
    public void A_tape_that_was_cut_says_where_it_ends()
    {
        folder.Write("role-fails.tape.jsonl", Sample[..^20]);

        Assert.Matches(
            @"^role-fails\.tape\.jsonl, line \d+ is incomplete: the recording ends at 00:0\d$",
            Only("role-fails.tape.jsonl").Open().Fault);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(600)]
    public void So_does_a_packed_one(int missing)
    {
        folder.Write("role-fails.tape.jsonl.gz", RecordingFolder.Gzip(Sample)[..^missing]);

        var tape = Only("role-fails.tape.jsonl.gz").Open();

        Assert.Matches(@"^role-fails\.tape\.jsonl\.gz, line \d+ is incomplete: the recording ends at 00:0\d$", tape.Fault);
        Assert.NotEmpty(tape.Steps);
    }

    [Theory]
    [InlineData("FD377A585A00", "x.tar.xz is packed with xz, which is not read here. Unpack it first (xz -d)")]
    [InlineData("28B52FFD", "x.tar.xz is packed with zstd")]
    [InlineData("425A68", "x.tar.xz is packed with bzip2")]
    [InlineData("504B0304", "x.tar.xz is packed with zip")]
    public void Another_packing_than_gzip_is_named_with_the_command_that_unpacks_it(string magic, string why)
    {
        folder.Write("x.tar.xz", [.. Convert.FromHexString(magic), .. new byte[600]]);

        Refused("x.tar.xz", why);
    }

    [Fact]
    public void A_packed_one_of_which_nothing_is_left_is_refused()
    {
        folder.Write("x.tape.jsonl.gz", RecordingFolder.Gzip(Sample)[..20]);

        Refused("x.tape.jsonl.gz", "x.tape.jsonl.gz, line 1: it cannot be unpacked; the file was cut or is damaged");
    }

    [Fact]
    public void A_damaged_one_is_read_up_to_the_damage()
    {
        var packed = RecordingFolder.Gzip(File.ReadAllBytes(RepoRoot.Combine("sample-runs", "completes.tape.jsonl")));
        packed.AsSpan(packed.Length * 3 / 4, 40).Fill(0xFF);
        folder.Write("x.tape.jsonl.gz", packed);

        Assert.Contains("is incomplete", Only("x.tape.jsonl.gz").Open().Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "x.tape.jsonl, line 1: the file is empty; the first line must be {\"tape\":\"v1\"")]
    [InlineData("no tape at all\n", "x.tape.jsonl, line 1: ")]
    [InlineData("{\"tape\":\"v2\",\"recordedAt\":\"2026-11-22T19:00:00Z\"}\n", "\"tape\" is \"v2\"")]
    [InlineData(
        Header + "\n" + Step + "\n{\"atMs\":1,\"op\":\"remove\",\"path\":\"a\"}\n",
        "x.tape.jsonl, line 3: \"atMs\" goes back to 1 after 12000")]
    [InlineData(
        Header + "\n{\"atMs\":1,\"op\":\"put\",\"path\":\"../a\",\"text\":\"\"}\n", "x.tape.jsonl, line 2: \"path\" must be relative")]
    [InlineData(
        Header + "\n{\"atMs\":1,\"op\":\"put\",\"path\":\"/a\",\"text\":\"\"}\n", "x.tape.jsonl, line 2: \"path\" must be relative")]
    [InlineData(Header + "\n\0\0\0\n" + Step + "\n", "x.tape.jsonl, line 2: ")]
    public void What_cannot_be_played_is_refused_with_file_line_and_what_is_expected(string text, string why)
    {
        folder.Write("x.tape.jsonl", text);

        Refused("x.tape.jsonl", why);
    }

    [Fact]
    public void What_is_not_there_or_no_file_is_refused()
    {
        Refused("nothing", $"{folder.Full("nothing")} does not exist");
        Refused("/dev/null", "not a regular file");
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_by_its_size_alone()
    {
        using (var stream = File.Create(folder.Full("x.tape.jsonl")))
        {
            stream.SetLength(RecordingStream.MaxBytes + 1);
        }

        Refused("x.tape.jsonl", $"{folder.Full("x.tape.jsonl")} has 513 MiB, and at most 512 MiB are read");
    }

    [Fact]
    public void A_file_that_unpacks_to_too_much_is_refused()
    {
        var packed = RecordingFolder.Gzip(new byte[3 * 1024 * 1024]);
        using var stream = RecordingStream.Open("x.gz", packed.Length, () => new MemoryStream(packed), maxBytes: 1024 * 1024);

        Assert.True(packed.Length < 64 * 1024);
        var fault = Assert.Throws<ContractException>(() => stream.CopyTo(Stream.Null));
        Assert.StartsWith("x.gz unpacks to more than 1 MiB", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_directory_of_tapes_those_open_that_can_be_read()
    {
        folder.Write("c.tape.jsonl.gz", RecordingFolder.Gzip(Sample));
        folder.Write("b.tape.jsonl", Header + "\n{\"atMs\":1,\"op\":\"jump\"}\n");
        folder.Write("a.tape.jsonl", Header + "\n" + Step + "\n{\"atMs\":");
        folder.Write("notes.txt", "nothing of it");
        File.CreateSymbolicLink(folder.Full("link.tape.jsonl"), folder.Full("a.tape.jsonl"));

        var opened = RecordingReader.Open(new FileSystem(), folder.Root);

        Assert.Equal(["a", "c"], opened.Entries.Select(static entry => entry.Info.Name));
        Assert.Equal("a.tape.jsonl, line 3 is incomplete: the recording ends at 00:12", opened.Entries[0].Open().Fault);
        Assert.Equal(2, opened.Faults.Count);
        Assert.StartsWith("invalid tape b.tape.jsonl, line 2: \"op\" is \"jump\"", opened.Faults[0], StringComparison.Ordinal);
        Assert.Contains("link.tape.jsonl: a symbolic link, which is not followed", opened.Faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_of_tapes_none_of_which_can_be_read_is_refused()
    {
        folder.Write("a.tape.jsonl", "no tape");

        Refused("", "none of the 1 tapes in ");
    }

    [Fact]
    public void A_directory_with_nothing_to_play_says_what_was_looked_for()
    {
        folder.Write("notes.txt", "nothing");

        Refused("", $"{folder.Root} has nothing to replay: no .superloop, and no file that ends in .tape.jsonl or .tape.jsonl.gz");
    }

    [Fact]
    public void A_repository_without_a_log_is_refused()
    {
        folder.Write(".superloop/state.json", "{}");

        Refused("", "has no .superloop/loops/LOOP/events.jsonl");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".superloop")]
    [InlineData("renamed")]
    public void A_repository_its_superloop_and_one_of_another_name_open_alike(string path)
    {
        folder.LayOut(SampleTape.Read("completes"));
        if (path == "renamed")
        {
            Directory.Move(folder.Full(".superloop"), folder.Full(path));
        }

        var tape = Only(path).Open();

        Assert.Equal(path == "renamed" ? path : Path.GetFileName(folder.Root), tape.Name);
        Assert.StartsWith("no process evidence: lifecycle from the log alone; ", tape.Note, StringComparison.Ordinal);
        Assert.All(tape.Steps.OfType<TapePut>(), static put => Assert.StartsWith(".superloop/", put.Path, StringComparison.Ordinal));
        Assert.Equal(
            File.ReadLines(folder.Full($"{(path == "renamed" ? path : ".superloop")}/loops/checkout-flow/events.jsonl")).Count(),
            tape.Steps.OfType<TapeAppend>().Count(static step => step.Path.EndsWith("/events.jsonl", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_link_that_is_named_is_followed_and_one_that_is_found_is_not()
    {
        folder.LayOut(SampleTape.Read("completes"));
        Directory.CreateDirectory(folder.Full("other"));
        File.CreateSymbolicLink(folder.Full("other/link"), folder.Full(".superloop"));
        Directory.CreateDirectory(folder.Full("repo"));
        File.CreateSymbolicLink(folder.Full("repo/.superloop"), folder.Full(".superloop"));
        folder.Write("secret", "SECRET");
        File.CreateSymbolicLink(folder.Full(".superloop/loops/checkout-flow/plan.md"), folder.Full("secret"));

        var tape = Only("other/link").Open();

        Assert.Contains(
            "not read: .superloop/loops/checkout-flow/plan.md: a symbolic link, which is not followed",
            tape.Note,
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            tape.Steps.OfType<TapePut>(),
            static put => Encoding.UTF8.GetString(put.Text).Contains("SECRET", StringComparison.Ordinal));
        Refused("repo", "repo/.superloop: a symbolic link, which is not followed");
    }

    private RecordingEntry Only(string path)
    {
        var opened = RecordingReader.Open(new FileSystem(), folder.Full(path));
        Assert.Empty(opened.Faults);
        return Assert.Single(opened.Entries);
    }

    private void Refused(string path, string why)
    {
        var fault = Assert.Throws<ContractException>(() => RecordingReader.Open(new FileSystem(), folder.Full(path)));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }
}
