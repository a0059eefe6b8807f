using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using Xunit;

namespace OpsManager.Tests.Contract.Tapes;

/// <summary>A tape that is looked at may have been cut; one that is verified may not.</summary>
public sealed class TapeCutTests
{
    private const string Header = """{"tape":"v1","title":"A run","recordedAt":"2026-11-22T19:00:00Z"}""";
    private const string First = """{"atMs":12400,"op":"put","path":"a","text":"é"}""";

    [Fact]
    public void It_is_read_up_to_any_byte_at_which_it_was_cut()
    {
        var text = Encoding.UTF8.GetBytes($"{Header}\n{First}\n{First}\n");
        for (var length = Header.Length; length <= text.Length; length++)
        {
            var tape = TapeReader.ReadToCut("night.tape.jsonl", new MemoryStream(text, 0, length));
            var lines = Encoding.UTF8.GetString(text, 0, length).Split('\n');
            var isWhole = lines[^1].Length == 0 || lines[^1] is Header or First;

            Assert.Equal(lines.Count(static line => line == First), tape.Steps.Count);
            Assert.Equal(
                isWhole ? null
                    : $"night.tape.jsonl, line {lines.Length} is incomplete: "
                        + $"the recording ends at 00:{(tape.Steps.Count > 0 ? 12 : 0):00}",
                tape.Fault);
        }
    }

    [Fact]
    public void The_end_of_a_long_one_is_told_with_its_hours()
    {
        var tape = ReadToCut(Header, """{"atMs":3723000,"op":"remove","path":"a"}""", "{");

        Assert.Equal("night.tape.jsonl, line 3 is incomplete: the recording ends at 1:02:03", tape.Fault);
    }

    [Fact]
    public void Verify_refuses_what_was_cut() =>
        Assert.Throws<ContractException>(() => TapeReader.Read("night", Stream(Header, First, "{\"atMs\":5,")));

    [Theory]
    [InlineData("{")]
    [InlineData("""{"tape":"v1","title":"A ru""")]
    public void A_header_that_was_cut_is_refused(string header) =>
        Assert.Contains("line 1", Assert.Throws<ContractException>(() => ReadToCut(header)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"atMs":4,"op":"remove","path":"a"}""", "\"atMs\" goes back to 4 after 12400")]
    [InlineData("""{"atMs":12400,"op":"put","path":"../etc/passwd","text":""}""", "\"path\" must be relative")]
    [InlineData("""{"atMs":12400,"op":"put","path":"/etc/passwd","text":""}""", "\"path\" must be relative")]
    [InlineData("""{"atMs":12400,"op":"put","path":"a\u0000b","text":""}""", "\"path\" must be relative")]
    [InlineData("""{"atMs":12400,"op":"jump"}""", "it must be one of put, append")]
    public void A_whole_last_line_that_is_wrong_is_refused_all_the_same(string line, string why)
    {
        foreach (var end in (string[])["", "\n"])
        {
            var fault = Assert.Throws<ContractException>(() => ReadToCut(Header, First, line + end));

            Assert.StartsWith("invalid tape night.tape.jsonl, line 3: ", fault.Message, StringComparison.Ordinal);
            Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Half_a_line_that_is_not_the_last_is_refused() =>
        Assert.StartsWith(
            "invalid JSON in night.tape.jsonl, line 2: ",
            Assert.Throws<ContractException>(() => ReadToCut(Header, "{\"atMs\":5,", First)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(
        """{"tape":"v2","title":"t","recordedAt":"2026-11-22T19:00:00Z"}""", "\"tape\" is \"v2\", which this ops-manager cannot read")]
    [InlineData("%PDF-1.7", "the first line must be {\"tape\":\"v1\"")]
    [InlineData("\0\0\0\0", "the first line must be {\"tape\":\"v1\"")]
    public void What_is_no_tape_of_this_version_says_what_one_begins_with(string line, string why)
    {
        var fault = Assert.Throws<ContractException>(() => ReadToCut(line));

        Assert.Contains("night.tape.jsonl, line 1: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    private static Tape ReadToCut(params string[] lines) => TapeReader.ReadToCut("night.tape.jsonl", Stream(lines));

    private static MemoryStream Stream(params string[] lines) => new(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
}
