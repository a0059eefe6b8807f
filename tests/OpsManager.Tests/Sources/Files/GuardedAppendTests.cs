using System.IO.Abstractions;
using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Tests.Sources.Files;

public sealed class GuardedAppendTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-atomic-").FullName;

    private string Rows => Path.Combine(folder, "rows.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Two_managers_that_append_at_once_lose_nothing_of_each_other()
    {
        const int Each = 400;
        var file = GuardedFiles.Open(new FileSystem(), folder);
        void Write(string who)
        {
            for (var i = 0; i < Each; i++)
            {
                file.AppendLine("rows.jsonl", $"{who} {i} {new string('x', 200)}");
            }
        }

        await Task.WhenAll(
            Task.Run(() => Write("one"), TestContext.Current.CancellationToken),
            Task.Run(() => Write("other"), TestContext.Current.CancellationToken));

        var lines = await File.ReadAllLinesAsync(Rows, TestContext.Current.CancellationToken);
        Assert.Equal(2 * Each, lines.Length);
        Assert.Equal(
            Enumerable.Range(0, Each).Select(static i => $"one {i}"),
            lines.Where(static line => line.StartsWith("one", StringComparison.Ordinal)).Select(static line => line[..^201]));
    }

    [Fact]
    public void A_line_that_another_writer_left_unfinished_does_not_swallow_ours()
    {
        File.WriteAllText(Rows, "{\"half\":");

        GuardedFiles.Open(new FileSystem(), folder).AppendLine("rows.jsonl", "{}", durable: true);

        Assert.Equal("{\"half\":\n{}\n", File.ReadAllText(Rows));
    }
}
