using OpsManager.Contract;
using OpsManager.Contract.Envelopes;

namespace OpsManager.Sources.Sprite;

/// <summary>Looks whether a first way that was given up is well, and says what the other way says.</summary>
internal static class ServiceProbe
{
    /// <summary>Asks it once for every loop.</summary>
    /// <param name="pull">The other way; null where there is none.</param>
    /// <exception cref="ContractException">It is not well, or says something else.</exception>
    public static async Task CheckAsync(ILoopTransport by, ILoopTransport? pull, IReadOnlyList<string> loops, CancellationToken cancel)
    {
        if (loops.Count == 0)
        {
            await by.LoopsAsync(cancel).ConfigureAwait(false);
        }

        foreach (var loop in loops)
        {
            await CheckAsync(by, pull, loop, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a fault of this code is one of a loop on the sprite: it does not count against the transport.</summary>
    public static bool IsOfLoop(string code) => code is FailureCodes.SnapshotUnavailable or FailureCodes.EventsUnavailable;

    private static async Task CheckAsync(ILoopTransport by, ILoopTransport? pull, string loop, CancellationToken cancel)
    {
        SnapshotEnvelope there;
        try
        {
            there = (await by.SnapshotAsync(loop, null, cancel).ConfigureAwait(false)).Snapshot!;
        }
        catch (ContractException error) when (IsOfLoop(error.Code))
        {
            // The service is well; the loop is not.
            return;
        }

        if (pull is not null && await DifferenceAsync(there, by, pull, loop, cancel).ConfigureAwait(false) is { } difference)
        {
            throw new ContractException(
                FailureCodes.ServiceResponseInvalid, $"the {by.Word} is not used again yet: loop {loop}: {difference}");
        }
    }

    /// <summary>
    /// The difference; null where there is none, or where the other transport does not answer.
    /// </summary>
    private static async Task<string?> DifferenceAsync(
        SnapshotEnvelope there, ILoopTransport by, ILoopTransport pull, string loop, CancellationToken cancel)
    {
        if (await PulledAsync(pull, loop, cancel).ConfigureAwait(false) is not { } here
            || EnvelopeParity.Difference(here, pull.Word, there, by.Word) is null)
        {
            return null;
        }

        // They were read one after the other: the loop may have moved between.
        there = (await by.SnapshotAsync(loop, null, cancel).ConfigureAwait(false)).Snapshot!;
        return await PulledAsync(pull, loop, cancel).ConfigureAwait(false) is { } again
            ? EnvelopeParity.Difference(again, pull.Word, there, by.Word)
            : null;
    }

    private static async Task<SnapshotEnvelope?> PulledAsync(ILoopTransport pull, string loop, CancellationToken cancel)
    {
        try
        {
            return (await pull.SnapshotAsync(loop, null, cancel).ConfigureAwait(false)).Snapshot;
        }
        catch (ContractException)
        {
            return null;
        }
    }
}
