using System.Text;
using CsCheck;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Local;

public sealed class TextLinesTests : IDisposable
{
    private const string Path = ".superloop/plan.md";

    private readonly TempRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public void Lines_are_read_with_the_last_one_that_has_no_newline()
    {
        repo.Write(Path, "one\r\n\nthrée\nfour");
        var lines = new TextLines(repo.Files, Path);

        Assert.Equal((4, 17L, 0L, null), (lines.Count, lines.Size, lines.BytesBefore, lines.Fault));
        Assert.Equal(["one", "", "thrée", "four"], Texts(lines.Read(0, 100)));
        Assert.Equal(["thrée"], Texts(lines.Read(2, 1)));
        Assert.Empty(lines.Read(4, 10));
        Assert.Empty(lines.Read(0, -1));
    }

    [Fact]
    public void A_file_that_grows_is_read_on_and_not_again()
    {
        repo.Write(Path, string.Concat(Enumerable.Range(0, 10_000).Select(static at => $"line {at}\n")) + "ha");
        var files = new WatchedFiles(repo.Files);
        var lines = new TextLines(files, Path);
        Assert.Equal(10_001, lines.Count);
        var reads = files.Reads.Count;
        Assert.Equal(TextChange.None, lines.Refresh());
        Assert.Equal(reads, files.Reads.Count);

        repo.Append(Path, "lf\nmore\n");
        Assert.Equal(TextChange.Grown, lines.Refresh());
        Assert.Equal(8 + 256, files.Reads.Skip(reads).Sum(static read => read.Read));
        Assert.Equal(["line 9999", "half", "more"], Texts(lines.Read(9_999, 10)));
    }

    [Fact]
    public void A_file_that_shrank_or_was_replaced_or_rewritten_starts_over()
    {
        repo.Write(Path, "one\ntwo\nthree\n");
        var lines = new TextLines(repo.Files, Path);

        repo.Cut(Path, 4);
        Assert.Equal((TextChange.StartedOver, 1), (lines.Refresh(), lines.Count));
        repo.Replace(Path, "one\nand another\n");
        Assert.Equal((TextChange.StartedOver, 2), (lines.Refresh(), lines.Count));
        repo.Write(Path, "One\nand another\n");
        Assert.Equal(TextChange.StartedOver, lines.Refresh());
        Assert.Equal(["One", "and another"], Texts(lines.Read(0, 9)));
        repo.Write(Path, "other text\nthat is longer than before\n");
        Assert.Equal(TextChange.StartedOver, lines.Refresh());
        Assert.Equal("other text", lines.Read(0, 1)[0].Text);
    }

    [Fact]
    public void What_cannot_be_read_is_a_fault_until_it_can()
    {
        var lines = new TextLines(repo.Files, Path);
        Assert.Equal(("the file does not exist", 0), (lines.Fault, lines.Count));
        Assert.Equal(TextChange.None, lines.Refresh());

        repo.Write(Path, "one\n");
        Assert.Equal((TextChange.StartedOver, null), (lines.Refresh(), lines.Fault));
        File.Delete(repo.Full(Path));
        Assert.Empty(lines.Read(0, 1));
        Assert.Equal("the file does not exist", lines.Fault);
        repo.Write(Path, "two\n");
        Assert.Equal(TextChange.StartedOver, lines.Refresh());
        Assert.Equal(["two"], Texts(lines.Read(0, 1)));

        File.Delete(repo.Full(Path));
        Directory.CreateDirectory(repo.Full(Path));
        Assert.Equal((TextChange.Failed, "a directory is where a file should be"), (lines.Refresh(), lines.Fault));
    }

    [Fact]
    public void A_long_line_is_cut_before_a_character_and_costs_no_reading_of_its_rest()
    {
        repo.Write(Path, "a\nx" + string.Concat(Enumerable.Repeat("漢", 2_000_000)) + "\nb\n");
        var files = new WatchedFiles(repo.Files);
        var lines = new TextLines(files, Path);
        files.Reads.Clear();
        var read = lines.Read(0, 10);

        Assert.Equal(["a", "x" + new string('漢', 5461), "b"], Texts(read));
        Assert.Equal([false, true, false], read.Select(static line => line.IsCut));
        Assert.True(files.Reads.Sum(static one => one.Read) <= 2 * 128 * 1024 + 2);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_stand_ins_and_nothing_else_is_touched()
    {
        File.WriteAllBytes(repo.Full(Path), [0xFF, (byte)'a', 0x1B, (byte)'[', (byte)'\n']);

        Assert.Equal("\uFFFDa\u001b[", new TextLines(repo.Files, Path).Read(0, 1)[0].Text);
    }

    [Fact]
    public void Of_a_very_large_file_the_end_is_shown_and_what_stands_before_is_said()
    {
        const long Size = TextLines.MaxIndexedBytes + (10L * 1024 * 1024);
        using (var stream = new FileStream(repo.Full(Path), FileMode.Create))
        {
            var block = Encoding.UTF8.GetBytes(
                string.Concat(Enumerable.Range(0, 1024).Select(static at => $"{at:000000} {new string('x', 1016)}\n")));
            for (long written = 0; written < Size; written += block.Length)
            {
                stream.Write(block);
            }
        }

        var lines = new TextLines(repo.Files, Path);
        Assert.InRange(lines.Size - lines.BytesBefore, TextLines.MaxIndexedBytes - 1024, TextLines.MaxIndexedBytes);
        Assert.StartsWith("000", lines.Read(0, 1)[0].Text, StringComparison.Ordinal);
        Assert.Equal("001023", lines.Read(lines.Count - 1, 5)[0].Text[..6]);
    }

    [Fact]
    public void Any_lines_of_any_text_that_comes_in_any_pieces_are_those_of_the_text() =>
        Gen.Select(Gen.Int[0, 7].List[0, 300], Gen.Int[1, 4000].List[0, 6], Gen.Int[0, 300], Gen.Int[0, 50]).Sample(
            (kinds, cuts, from, count) =>
            {
                var text = string.Concat(kinds.Select(static (kind, at) => kind switch
                {
                    0 or 1 or 2 =>
                    "\n",
                    3 => $"é{at}\n",
                    4 => new string('y', at * 40) + "\n",
                    5 => $"{at}",
                    _ => $"line {at}\n"
                }));
                var bytes = Encoding.UTF8.GetBytes(text);
                var files = new TapeFiles();
                files.Apply(new TapePut(default, 0, Path, []), WatchedRepo.Start);
                var lines = new TextLines(files, Path);
                var done = 0;
                foreach (var cut in cuts.Append(bytes.Length))
                {
                    var next = Math.Min(bytes.Length, done + cut);
                    files.Apply(new TapeAppend(default, 0, Path, bytes[done..next]), WatchedRepo.Start.AddSeconds(next));
                    Assert.Equal(next > done ? TextChange.Grown : TextChange.None, lines.Refresh());
                    done = next;
                }

                var expected = text.Split('\n').ToList();
                if (expected[^1].Length == 0)
                {
                    expected.RemoveAt(expected.Count - 1);
                }

                Assert.Equal(expected.Count, lines.Count);
                Assert.Equal(expected.Skip(from).Take(count), Texts(lines.Read(from, count)));
            },
            iter: 500,
            threads: 1);

    private static IEnumerable<string> Texts(IEnumerable<TextLine> lines) => lines.Select(static line => line.Text);
}
