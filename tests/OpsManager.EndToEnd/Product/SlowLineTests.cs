using System.Globalization;
using System.Text.RegularExpressions;
using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>
/// A line of 7,000 baud, and a loop that writes more than it can carry.
/// </summary>
public sealed partial class SlowLineTests
{
    private const int BytesPerSecond = 700;
    private const int LinesPerSecond = 20;

    /// <summary>
    /// Bytes: a frame that is on its way when the key is pressed, and the one that answers it. The buffers hold more than
    /// 19,000.
    /// </summary>
    private const long Prompt = 8_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frames_do_not_pile_up_and_keys_are_answered()
    {
        using var repo = new LiveRepo();
        using var home = new OperatorsHome();
        await using var pty = SlowPty.Start($"{OpsManagerBinary.Path} --repo {repo.Root}", 80, 24, BytesPerSecond, home.Environment());
        await pty.WaitForAsync(static screen => screen.Contains("iteration 1", StringComparison.Ordinal), Patience, Cancel);
        var written = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writing = WriteAsync(repo, () => ++written, stop.Token);

        // The buffers fill once, by which the line is known, and what stands in them has to get through.
        await pty.WaitForAsync(screen => Newest(screen) < written - (LinesPerSecond * 5), Patience, Cancel);
        await pty.WaitForAsync(screen => Newest(screen) > written - (LinesPerSecond * 3), Patience, Cancel);

        pty.Send("?");
        var helped = await pty.WaitForAsync(static screen => screen.Contains("HELP", StringComparison.Ordinal), Patience, Cancel);
        pty.Send("q");
        var closed = await pty.WaitForAsync(static screen => !screen.Contains("HELP", StringComparison.Ordinal), Patience, Cancel);
        pty.Send("2");
        pty.Send("z");
        var zoomed = await pty.WaitForAsync(static screen => !screen.Contains("RUNS (1)", StringComparison.Ordinal), Patience, Cancel);
        await stop.CancelAsync();
        await writing;
        var caughtUp = await pty.WaitForAsync(screen => Newest(screen) == written, Patience, Cancel);

        TestContext.Current.SendDiagnosticMessage(
            $"bytes: help {helped}, closed {closed}, zoomed {zoomed}, caught up {caughtUp}; {written} lines");
        Assert.InRange(helped, 0, Prompt);
        Assert.InRange(closed, 0, Prompt);
        Assert.InRange(zoomed, 0, Prompt);
        Assert.InRange(caughtUp, 0, Prompt);
        // And it is right: the last lines, one after the other.
        var last = Step()
            .Matches(pty.Screen)
            .Select(static match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToArray();
        Assert.Equal(Enumerable.Range(written - last.Length + 1, last.Length), last);
        Assert.True(last.Length > 15, pty.Screen);
    }

    private static async Task WriteAsync(LiveRepo repo, Func<int> next, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / LinesPerSecond));
        try
        {
            while (await pace.WaitForNextTickAsync(stop))
            {
                repo.Append(string.Create(CultureInfo.InvariantCulture, $"step_{next()}"), role: "planner");
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    private static int Newest(string screen) => Step()
        .Matches(screen)
        .Select(static match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
        .DefaultIfEmpty(0)
        .Max();

    [GeneratedRegex(@"\bstep_(\d+)")]
    private static partial Regex Step();
}
