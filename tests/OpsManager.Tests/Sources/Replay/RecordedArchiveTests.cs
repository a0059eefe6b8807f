using System.Formats.Tar;
using System.IO.Abstractions;
using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Replay;

public sealed class RecordedArchiveTests : IDisposable
{
    private readonly RecordingFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("app.tar", "")]
    [InlineData("app.tar.gz", "")]
    [InlineData("app.tgz.gz", "./")]
    [InlineData("app.tar", "srv/app/")]
    public void An_archive_of_a_repository_is_what_the_repository_is(string name, string prefix)
    {
        folder.LayOut(SampleTape.Read("approval-approved"));
        var direct = Open(folder.Root);

        var packed = Open(folder.Pack(name, prefix));

        Assert.Equal(name, packed.Name);
        Assert.Equal((direct.RecordedAt, direct.KnownFrom, direct.Note, (string?)null),
            (packed.RecordedAt, packed.KnownFrom, packed.Note, packed.Fault));
        Assert.Equal(direct.Steps.OfType<TapeAppend>().Select(Plain), packed.Steps.OfType<TapeAppend>().Select(Plain));
        Assert.Equal(Last(direct), Last(packed));
    }

    [Fact]
    public void An_archive_of_the_files_in_a_superloop_is_one_too()
    {
        folder.LayOut(SampleTape.Read("completes"));
        using var inner = new RecordingFolder();
        Directory.Move(folder.Full(".superloop/loops"), inner.Full("loops"));
        File.Move(folder.Full(".superloop/state.json"), inner.Full("state.json"));

        var tape = Open(inner.Pack("inside.tar"));

        Assert.Contains(tape.Steps.OfType<TapePut>(), static put => put.Path == ".superloop/state.json");
        Assert.Contains(tape.Steps, static step => step is TapeAppend { Path: ".superloop/loops/checkout-flow/events.jsonl" });
    }

    [Fact]
    public void Entries_that_lead_out_links_and_devices_are_refused_by_name_and_the_rest_opens()
    {
        var path = folder.Full("evil.tar");
        using (var tar = new TarWriter(File.Create(path)))
        {
            Add(tar, ".superloop/loops/a/events.jsonl", """{"timestamp":"2026-11-22T19:00:00Z","event":"loop_start"}""" + "\n");
            Add(tar, ".superloop/../../escape", "x");
            Add(tar, "/etc/absolute", "x");
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, ".superloop/loops/a/plan.md") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, ".superloop/loops/a/hard.md") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.CharacterDevice, ".superloop/loops/a/tty"));
        }

        var tape = Open(path);

        Assert.Contains(
            "not read: .superloop/../../escape: it leads out of the archive; /etc/absolute: it has an absolute name; "
                + ".superloop/loops/a/plan.md: it is a link, which is not followed; and 2 more", tape.Note, StringComparison.Ordinal);
        Assert.DoesNotContain(tape.Steps, static step => step is TapePut { Path: not ".superloop/state.json" });
        Assert.False(File.Exists(folder.Full("escape")));
    }

    [Fact]
    public void Only_one_superloop_of_an_archive_is_read()
    {
        folder.LayOut(SampleTape.Read("completes"));
        Directory.CreateDirectory(folder.Full("zz"));
        folder.Write("zz/.superloop/loops/other/events.jsonl", """{"timestamp":"2026-11-22T19:00:00Z","event":"loop_start"}""" + "\n");

        var tape = Open(folder.Pack("two.tar"));

        Assert.Single(tape.Steps.OfType<TapeAppend>().Select(static step => step.Path)
            .Where(static path => path.EndsWith("events.jsonl", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public void An_archive_that_was_cut_is_read_up_to_there_and_says_so()
    {
        using (var tar = new TarWriter(File.Create(folder.Full("cut.tar"))))
        {
            Add(tar, ".superloop/loops/a/events.jsonl", """{"timestamp":"2026-11-22T19:00:00Z","event":"loop_start"}""" + "\n");
            Add(tar, ".superloop/loops/a/plan.md", new string('x', 4000));
        }

        var whole = File.ReadAllBytes(folder.Full("cut.tar"));
        folder.Write("cut.tar", whole[..(whole.Length - 4096)]);

        var tape = Open(folder.Full("cut.tar"));

        Assert.Equal($"{folder.Full("cut.tar")} was cut in .superloop/loops/a/plan.md: what comes behind is missing", tape.Fault);
        Assert.Single(tape.Steps.OfType<TapeAppend>());
    }

    [Fact]
    public void Of_two_entries_of_one_path_the_last_counts()
    {
        using (var tar = new TarWriter(File.Create(folder.Full("twice.tar"))))
        {
            Add(tar, ".superloop/loops/a/events.jsonl", """{"timestamp":"2026-11-22T19:00:00Z","event":"old"}""" + "\n");
            Add(tar, ".superloop/loops/a/events.jsonl", """{"timestamp":"2026-11-22T19:00:00Z","event":"new"}""" + "\n");
        }

        Assert.Contains("\"new\"", Encoding.UTF8.GetString(
            Assert.Single(Open(folder.Full("twice.tar")).Steps.OfType<TapeAppend>()).Text), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_without_a_superloop_is_refused()
    {
        folder.Write("readme.md", "hello");

        var fault = Assert.Throws<ContractException>(() => Open(folder.Pack("x.tar")));

        Assert.Contains("x.tar is an archive without a .superloop", fault.Message, StringComparison.Ordinal);
    }

    private static void Add(TarWriter tar, string name, string text) => tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
        ModificationTime = DateTimeOffset.Parse("2026-11-22T19:00:05Z"),
    });

    private static Tape Open(string path) => Assert.Single(RecordingReader.Open(new FileSystem(), path).Entries).Open();

    private static string Plain(TapeAppend step) => $"{step.At} {step.Path} {step.Line} {Encoding.UTF8.GetString(step.Text)}";

    /// <summary>The last text of each file. When it came may differ: an archive keeps times to the second.</summary>
    private static IEnumerable<string> Last(Tape tape) => tape.Steps.OfType<TapePut>()
        .GroupBy(static put => put.Path)
        .Select(static puts => $"{puts.Key} {Encoding.UTF8.GetString(puts.Last().Text)}")
        .Order(StringComparer.Ordinal);
}
