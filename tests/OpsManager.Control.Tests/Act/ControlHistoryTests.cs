using CsCheck;
using OpsManager.Control.Tests.Act.Histories;
using Xunit;

namespace OpsManager.Control.Tests.Act;

/// <summary>
/// Random histories of several operators on one loop, by a clock of their own: what they are told is held against what really happened
/// (docs/control.md, "How this is tested").
/// </summary>
public sealed class ControlHistoryTests
{
    private const int Histories = 300;

    [Fact]
    public void In_any_history_confirmed_is_so_a_key_is_carried_out_once_and_a_cancel_waits_for_no_approval()
    {
        var (told, killed) = (0, 0);
        HistoryGen.Histories.Sample(
            history =>
            {
                var (ended, ends) = Play(history);
                told += ended;
                killed += ends;
            },
            iter: Histories,
            threads: 1);

        // A model in which hardly anybody gets to the end would show nothing.
        Assert.True(told > Histories && killed > Histories / 10, $"only {told} were told and {killed} were killed");
    }

    /// <summary>Histories in which something was told that was not so, each by its seed; they change where the generator does.</summary>
    /// <param name="seed">
    /// The first: approval.json was asked anew between the last look at the log and the plan. The second: a judgement that had to read
    /// approval.json twice was told long after it was made.
    /// </param>
    [Theory]
    [InlineData("bYogb78Ajnd3")]
    [InlineData("ei5U8j8dNEN3")]
    public void What_was_found_in_a_history_before_stays_mended(string seed) =>
        HistoryGen.Histories.Sample(static history => Play(history), seed: seed, iter: 1, threads: 1);

    private static (int Told, int Killed) Play(ControlHistory history)
    {
        // What waits goes on on the thread that moves the clock, and nowhere else: the same history always goes the same way.
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        using var run = new HistoryRun(history);
        try
        {
            run.Play();
            return (run.Told, run.Killed);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{error.Message}\n{run.Story}", error);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
