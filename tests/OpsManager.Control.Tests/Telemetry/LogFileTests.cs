using System.IO.Abstractions;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using OpsManager.Control.Telemetry;
using Xunit;

namespace OpsManager.Control.Tests.Telemetry;

[SupportedOSPlatform("linux")]
public sealed class LogFileTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 10, 0, 0, 250, TimeSpan.Zero);

    /// <summary>A busy machine may need long for the first byte; no test waits in vain.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-log-").FullName;

    private string Log => Path.Combine(folder, "ops.log");

    public void Dispose() => TempFolder.Delete(folder);

    [Fact]
    public void An_entry_is_a_line_of_json_that_only_the_owner_may_read()
    {
        Written(Entry("loop.transition", ("to", "failed"), ("why", null)) with { TraceId = "t-1" });

        Assert.Equal(
            """{"time":"2026-11-30T10:00:00.250Z","level":"info","event":"loop.transition","repository":"/srv/app","loop":"a","traceId":"t-1","to":"failed"}"""
                + "\n",
            File.ReadAllText(Log));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Log));
    }

    [Fact]
    public void Secrets_and_control_characters_are_not_written()
    {
        Written(Entry("fault", ("why", "GET https://x?token=ghp_0123456789abcdef0123 \e[2J\nnext")));

        var text = File.ReadAllText(Log);
        Assert.DoesNotContain("ghp_", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text);
        Assert.Single(File.ReadAllLines(Log));
    }

    [Fact]
    public void A_file_that_is_there_is_appended_to_and_becomes_private()
    {
        File.WriteAllText(Log, "{}\n");
        Written(Entry("fault"));

        Assert.Equal(2, File.ReadAllLines(Log).Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Log));
    }

    [Fact]
    public void A_file_that_gets_too_long_is_renamed_once_and_begun_again()
    {
        for (var run = 0; run < 30; run++)
        {
            using var file = new LogFile(new FileSystem(), Log, maxBytes: 400, patience: Patience);
            file.Add(Entry("fault", ("why", new string('x', 100))));
        }

        Assert.Equal(2, Directory.GetFiles(folder).Length);
        Assert.InRange(new FileInfo(Log).Length, 1, 400);
        Assert.InRange(new FileInfo(Log + ".1").Length, 1, 400);
        Assert.All(File.ReadAllLines(Log).Concat(File.ReadAllLines(Log + ".1")), static line => Assert.NotNull(JsonNode.Parse(line)));
    }

    [Fact]
    public void A_link_is_not_followed_and_that_is_said_in_one_line()
    {
        var other = Path.Combine(folder, "other");
        File.WriteAllText(other, "mine");
        File.CreateSymbolicLink(Log, other);

        var fault = Written(Entry("one"), Entry("two"));

        Assert.Equal("mine", File.ReadAllText(other));
        Assert.Contains("2 lines could not be written", fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault!);
    }

    [Theory]
    [InlineData("missing/ops.log")]
    [InlineData("/dev/full")]
    [InlineData("/proc/ops.log")]
    public void A_place_that_cannot_be_written_is_said_and_stops_nothing(string path)
    {
        using var file = new LogFile(new FileSystem(), Path.Combine(folder, path), patience: Patience);
        file.Add(Entry("one"));
        file.Dispose();
        file.Add(Entry("too late"));

        Assert.StartsWith($"log file {file.Path}: ", file.Fault, StringComparison.Ordinal);
    }

    private string? Written(params LogEntry[] entries)
    {
        using var file = new LogFile(new FileSystem(), Log, patience: Patience);
        foreach (var entry in entries)
        {
            file.Add(entry);
        }

        file.Dispose();
        return file.Fault;
    }

    private static LogEntry Entry(string name, params IReadOnlyList<(string, string?)> fields) =>
        new(At, LogLevels.Info, name, "/srv/app", "a", fields);
}
