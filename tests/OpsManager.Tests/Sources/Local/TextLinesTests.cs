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
    public void Lines_are_read_from_any_place_on_and_before_it_with_the_last_one_that_has_no_newline()
    {
        repo.Write(Path, "one\r\n\nthrée\nfour");
        var lines = new TextLines(repo.Files, Path);

        Assert.Equal((4, 17L, null), (lines.Count, lines.Size, lines.Fault));
        Assert.Equal(["one", "", "thrée", "four"], Texts(lines.Forward(0, 100)));
        Assert.Equal(["thrée"], Texts(lines.Forward(6, 1)));
        Assert.Equal(["", "thrée", "four"], Texts(lines.Backward(lines.Size, 3)));
        Assert.Equal(["one", ""], Texts(lines.Backward(6, 9)));
        Assert.Equal((6, 13), (lines.LineAt(8), lines.LineAt(99)));
        Assert.Equal((1, 3, 4), (lines.NumberOf(0), lines.NumberOf(6), lines.NumberOf(13)));
        Assert.Empty(lines.Forward(17, 10));
        Assert.Empty(lines.Forward(0, -1));
        Assert.Empty(lines.Backward(0, 10));
    }

    [Fact]
    public void A_file_that_grows_costs_what_is_new()
    {
        repo.Write(Path, string.Concat(Enumerable.Range(0, 100_000).Select(static at => $"line {at}\n")) + "ha");
        var files = new WatchedFiles(repo.Files);
        var lines = new TextLines(files, Path);
        Assert.Equal(100_001, lines.Count);
        var reads = files.Reads.Count;
        Assert.Equal(TextChange.None, lines.Refresh());
        Assert.Equal(reads, files.Reads.Count);

        repo.Append(Path, "lf\nmore\n");
        Assert.Equal(TextChange.Grown, lines.Refresh());
        Assert.InRange(files.Reads.Skip(reads).Sum(static read => read.Read), 8, 1024);
        Assert.Equal(["line 99999", "half", "more"], Texts(lines.Backward(lines.Size, 3)));
        Assert.Equal((100_002, 100_002), (lines.Count, lines.NumberOf(lines.LineAt(lines.Size))));
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
        Assert.Equal(["One", "and another"], Texts(lines.Forward(0, 9)));
        repo.Write(Path, "other text\nthat is longer than before\n");
        Assert.Equal(TextChange.StartedOver, lines.Refresh());
        Assert.Equal("other text", lines.Forward(0, 1)[0].Text);
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
        Assert.Equal((TextChange.Failed, "the file does not exist"), (lines.Refresh(), lines.Fault));
        repo.Write(Path, "two\n");
        Assert.Equal(TextChange.StartedOver, lines.Refresh());
        Assert.Equal(["two"], Texts(lines.Forward(0, 1)));

        File.Delete(repo.Full(Path));
        Directory.CreateDirectory(repo.Full(Path));
        Assert.Equal((TextChange.Failed, "a directory is where a file should be"), (lines.Refresh(), lines.Fault));
    }

    [Fact]
    public void A_line_of_a_megabyte_is_a_few_lines_that_are_the_same_from_both_sides()
    {
        repo.Write(Path, "a\nx" + string.Concat(Enumerable.Repeat("漢", 400_000)) + "\rlast state\nb\n");
        var lines = new TextLines(repo.Files, Path);
        var read = lines.Forward(0, 100);

        Assert.Equal(("a", "x" + new string('漢', 5461), "b"), (read[0].Text, read[1].Text, read[^1].Text));
        Assert.All(read.Skip(1).SkipLast(1), static line => Assert.True(line.IsCut));
        Assert.InRange(read.Count, 4, 8);
        Assert.EndsWith("\rlast state", read[^2].Tail, StringComparison.Ordinal);
        Assert.Equal(read, lines.Backward(lines.Size, 100));
        Assert.Equal(read.Select(static line => line.Start), read.Select(line => lines.LineAt(line.Start + 1)));
        Assert.Equal((3, 3), (lines.Count, lines.NumberOf(read[^1].Start)));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_stand_ins_and_nothing_else_is_touched()
    {
        File.WriteAllBytes(repo.Full(Path), [0xFF, (byte)'a', 0, 0x1B, (byte)'[', (byte)'\n']);

        Assert.Equal("\uFFFDa\0\u001b[", new TextLines(repo.Files, Path).Forward(0, 1)[0].Text);
    }

    [Fact]
    public void A_file_of_five_gibibytes_opens_at_its_end_by_reading_a_little_of_it()
    {
        using (var stream = new FileStream(repo.Full(Path), FileMode.Create))
        {
            // Sparse: what was never written reads as NUL, and has no newline.
            stream.Write("the first\n"u8);
            stream.SetLength(5L * 1024 * 1024 * 1024);
            stream.Seek(0, SeekOrigin.End);
            stream.Write("\nthe last but one\nthe last\n"u8);
        }

        var files = new WatchedFiles(repo.Files);
        var lines = new TextLines(files, Path, countedAtOnce: 0);

        Assert.Equal(["the last but one", "the last"], Texts(lines.Backward(lines.Size, 2)));
        Assert.Equal("the first", lines.Forward(0, 1)[0].Text);
        Assert.Equal((null, null), (lines.Count, lines.NumberOf(lines.LineAt(lines.Size))));
        Assert.InRange(files.Reads.Sum(static read => read.Read), 1, 1024 * 1024);
        Assert.True(lines.CountOn(1024 * 1024));
    }

    [Fact]
    public void A_text_is_found_forwards_and_backwards_a_slice_at_a_time()
    {
        repo.Write(Path, "Needle one\n" + string.Concat(Enumerable.Repeat("nothing here\n", 300_000)) + "and a nEEdle\nend\n");
        var lines = new TextLines(repo.Files, Path);
        var last = lines.Backward(lines.Size, 2)[0];

        Assert.Equal(0, lines.Find("needle", 0, false, long.MaxValue).Line);
        Assert.Equal(last.Start, lines.Find("needle", 1, false, long.MaxValue).Line);
        Assert.Equal(last.Start, lines.Find("needle", lines.Size, true, long.MaxValue).Line);
        Assert.Equal(0, lines.Find("needle", last.Start, true, long.MaxValue).Line);
        var step = lines.Find("needle", 1, false, 1024 * 1024);
        Assert.Equal((null, false), (step.Line, step.IsDone));
        Assert.InRange(step.Next, 1024 * 1024, 2 * 1024 * 1024);
        Assert.Equal((null, true), (lines.Find("absent", 0, false, long.MaxValue).Line, lines.Find("absent", 9, true, 1).IsDone));
        File.Delete(repo.Full(Path));
        Assert.Equal("the file does not exist", lines.Find("needle", 0, false, 1).Fault);
    }

    [Theory]
    [InlineData(0)]
    // A change of colour at the edge of what is read at once.
    [InlineData((1024 * 1024) - 20)]
    public void A_text_is_found_across_a_change_of_colour(int before)
    {
        repo.Write(Path, new string('x', before) + "\n\e[1mtests \e[31mfail\e[0;1med\e[0m: 3\nend\n");
        var lines = new TextLines(repo.Files, Path);

        Assert.Equal(before + 1, lines.Find("tests failed", 0, false, long.MaxValue).Line);
        Assert.Equal(before + 1, lines.Find("tests failed", lines.Size, true, long.MaxValue).Line);
    }

    [Fact]
    public void Any_lines_of_any_text_that_comes_in_any_pieces_are_those_of_the_text() =>
        Gen.Select(Gen.Int[0, 7].List[0, 300], Gen.Int[1, 4000].List[0, 6], Gen.Int[0, 300], Gen.Int[0, 50]).Sample(
            (kinds, cuts, from, count) =>
            {
                var text = string.Concat(kinds.Select(static (kind, at) => kind switch
                {
                    0 or 1 or 2 => "\n",
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

                var all = lines.Forward(0, TextLines.MaxLines);
                var start = from < all.Count ? all[from].Start : lines.Size;
                Assert.Equal(expected.Count, lines.Count);
                Assert.Equal(expected, Texts(all));
                Assert.Equal(expected.Skip(from).Take(count), Texts(lines.Forward(start, count)));
                Assert.Equal(expected.Take(from).TakeLast(count), Texts(lines.Backward(start, count)));
                Assert.Equal(
                    Enumerable.Range(1, all.Count).Select(static number => (long?)number),
                    all.Select(line => lines.NumberOf(line.Start)));
            },
            iter: 300,
            threads: 1);

    private static IEnumerable<string> Texts(IEnumerable<TextLine> lines) => lines.Select(static line => line.Text);
}
