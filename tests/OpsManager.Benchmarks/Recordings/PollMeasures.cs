using System.Diagnostics;
using OpsManager.Benchmarks.Data;
using OpsManager.Benchmarks.Screen;

namespace OpsManager.Benchmarks.Recordings;

/// <summary>
/// What a poll costs that finds nothing new in a large log, beside <c>--version</c>, which is the cost of the process alone. Both run in
/// turns, so that a busy host slows both.
/// </summary>
internal static class PollMeasures
{
    private const int Pairs = 30;

    public static async Task RunAsync(string binary, int megabytes, TextWriter output)
    {
        var repo = Directory.CreateTempSubdirectory("ops-manager-poll-").FullName;
        try
        {
            var log = Path.Combine(repo, ".superloop", "loops", "large", "events.jsonl");
            Directory.CreateDirectory(Path.GetDirectoryName(log)!);
            using (var file = File.Create(log))
            {
                var lines = new RandomLog();
                while (file.Length < megabytes * 1_000_000L)
                {
                    lines.Write(file, 10_000);
                }
            }

            foreach (var verb in new[] { "events", "reconcile" })
            {
                string[] poll = [verb, "--repo", repo, "--loop", "large"];
                await TakeAsync(binary, poll).ConfigureAwait(false);
                var (alone, polled, more) = (new Figures(), new Figures(), new Figures());
                for (var pair = 0; pair < Pairs; pair++)
                {
                    var one = await TakeAsync(binary, ["--version"]).ConfigureAwait(false);
                    var other = await TakeAsync(binary, poll).ConfigureAwait(false);
                    alone.Add(one);
                    polled.Add(other);
                    more.Add(other - one);
                }

                await output
                    .WriteLineAsync(
                        $"{verb}, {megabytes} MB, nothing new: {polled.Median:0.0} ms; --version {alone.Median:0.0} ms; "
                        + $"more in a pair: median {more.Median:0.0} ms, 90 % {more.At(0.9):0.0} ms")
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            Directory.Delete(repo, recursive: true);
        }
    }

    /// <summary>How long a process takes, from its start to its end, in milliseconds.</summary>
    private static async Task<double> TakeAsync(string binary, string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(binary, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null).ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
