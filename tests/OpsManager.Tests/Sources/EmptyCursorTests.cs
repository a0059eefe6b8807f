using System.IO.Abstractions.TestingHelpers;
using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Storage;
using Xunit;

namespace OpsManager.Tests.Sources;

public sealed class EmptyCursorTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("{\"schemaVersion\":\"\\ud800\"}")]
    public void A_cursor_that_says_nothing_is_a_fault_and_no_crash(string text)
    {
        var files = new MockFileSystem();
        files.AddFile("/c.json", new MockFileData(text));

        Assert.Throws<ContractException>(() => new CursorStore(files, "/c.json", "/srv/app", "a").Load());
    }

    [Fact]
    public void A_tape_may_start_with_a_byte_order_mark() =>
        Assert.Equal("t", TapeReader.Read("t", new MemoryStream(Encoding.UTF8.GetBytes("\uFEFF{\"tape\":\"v1\",\"title\":\"t\",\"recordedAt\":\"2026-11-22T19:00:00Z\"}\n"))).Title);
}
