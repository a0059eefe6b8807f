namespace OpsManager.Sources.Nats;

/// <summary>
/// Where in the stream events are read from at the start: all loops' at once, so far back that it costs less than to ask for the rest
/// loop by loop.
/// </summary>
internal static class OpeningPlace
{
    /// <summary>To ask for the events of one loop costs as much as so many messages.</summary>
    private const ulong Request = 16;

    /// <param name="needs">For each loop the sequence number from which on its newest run is found.</param>
    /// <param name="known">Up to this number everything was copied by an earlier session; 0 where that is not known.</param>
    /// <param name="last">The newest number that is known.</param>
    /// <returns>The first number to read.</returns>
    public static ulong From(IEnumerable<ulong> needs, ulong known, ulong last)
    {
        ulong[] wanted = [.. needs.Select(need => Math.Max(need, known + 1)).Where(need => need <= last).Order()];
        var (best, least) = (last + 1, Request * (ulong)wanted.Length);
        for (var before = 0; before < wanted.Length; before++)
        {
            var cost = last + 1 - wanted[before] + (Request * (ulong)before);
            (best, least) = cost < least ? (wanted[before], cost) : (best, least);
        }

        return best;
    }
}
