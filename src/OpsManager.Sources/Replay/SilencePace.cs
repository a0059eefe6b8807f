namespace OpsManager.Sources.Replay;

/// <summary>
/// When a recording is looked at: at each step, and between steps as a live watcher would, but ever more rarely while nothing happens:
/// what time alone brings about is dated at most a hundredth of the silence too late.
/// </summary>
internal sealed class SilencePace
{
    private const int Part = 100;

    /// <summary>Looks between the steps of a whole recording, at most.</summary>
    private const int MaxLooks = 100_000;

    private readonly TimeSpan shortest;
    private TimeSpan silentSince;
    private TimeSpan nextStep = TimeSpan.MinValue;

    /// <param name="poll">Between two looks of a live watcher.</param>
    /// <param name="length">Of the recording.</param>
    public SilencePace(TimeSpan poll, TimeSpan length) => shortest = length / MaxLooks > poll ? length / MaxLooks : poll;

    /// <summary>The moment of the next look.</summary>
    public TimeSpan Next(TapeDeck deck)
    {
        if (deck.NextStepAt != nextStep)
        {
            (silentSince, nextStep) = (deck.At, deck.NextStepAt);
        }

        var part = (deck.At - silentSince) / Part;
        var at = deck.At + (part > shortest ? part : shortest);
        return at < nextStep ? at : nextStep;
    }
}
