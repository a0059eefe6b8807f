using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Tui.Terminal.Input;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Input;

/// <summary>Reports of the mouse: told where they mean something here, never passed on as keys, whatever they hold.</summary>
public sealed class MouseReportTests
{
    private readonly List<MouseReport> told = [];
    private readonly KeySequenceAssembler assembler;

    public MouseReportTests() =>
        assembler = new KeySequenceAssembler(TimeSpan.FromMilliseconds(60), new FakeTimeProvider(), told.Add);

    [Theory]
    [InlineData("\e[<0;10;20M", 19, 9, "Press")]
    [InlineData("\e[<32;1;1M", 0, 0, "Drag")]
    [InlineData("\e[<64;80;24M", 23, 79, "WheelUp")]
    [InlineData("\e[<65;80;24M", 23, 79, "WheelDown")]
    public void A_report_tells_row_column_and_what_was_done(string sent, int row, int column, string kind)
    {
        Assert.Equal("", Take(sent));

        Assert.Equal([new(row, column, Enum.Parse<MouseKind>(kind))], told);
    }

    [Theory]
    [InlineData("\e[<0;10;20m")]
    [InlineData("\e[<2;10;20M")]
    [InlineData("\e[<16;10;20M")]
    [InlineData("\e[<35;10;20M")]
    [InlineData("\e[<0;0;1M")]
    [InlineData("\e[<0;1;0M")]
    [InlineData("\e[<0;5000;1M")]
    [InlineData("\e[<0;1;99999999999999999999M")]
    [InlineData("\e[<0;1M")]
    [InlineData("\e[<0;1;1;1M")]
    [InlineData("\e[<M")]
    [InlineData("\e[<;;M")]
    [InlineData("\e[<-1;1;1M")]
    [InlineData("\e[<0:1;1;1M")]
    [InlineData("\e[M !!")]
    [InlineData("\e[32;10;20M")]
    public void What_means_nothing_here_is_dropped(string sent)
    {
        Assert.Equal("j", Take(sent) + Take("j"));

        Assert.Empty(told);
    }

    [Fact]
    public void A_report_that_never_ends_is_dropped_to_its_end()
    {
        Assert.Equal("j", Take($"\e[<{new string('1', 5000)};1;1M") + Take("j"));

        Assert.Empty(told);
    }

    [Fact]
    public void What_is_pasted_tells_nothing()
    {
        Take("\e[200~\e[<0;1;1M\e[201~");

        Assert.Empty(told);
    }

    [Fact]
    public void Any_text_in_a_report_is_read_without_an_error_and_inside_the_bounds() =>
        Gen.String[Gen.Char["0123456789;<:-. M"], 0, 40].Sample(static text =>
            MouseReport.Read(text, 'M') is not { } report || report is { Row: >= 0 and < 4096, Column: >= 0 and < 4096 });

    private string Take(string text)
    {
        List<char> ready = [];
        assembler.Take(text, ready);
        return string.Concat(ready);
    }
}
