namespace OpsManager.Sources.Sprite;

/// <summary>
/// How many events one request to a service asks for. A request that is given up goes on costing the service, so the size only grows
/// where twice as many would still be answered well in time, and what took too long once is not tried again.
/// </summary>
/// <param name="within">How long an answer may take.</param>
/// <param name="first">To begin with.</param>
/// <param name="most">At most.</param>
internal sealed class PageSize(TimeSpan within, int first, int most)
{
    private int ceiling = most;
    private bool isKnown;

    /// <summary>For the next request.</summary>
    public int Events { get; private set; } = Math.Min(first, most);

    /// <summary>Whole pages may be asked for, unless that was too slow already.</summary>
    public void IsFast()
    {
        if (!isKnown)
        {
            (Events, isKnown) = (ceiling, true);
        }
    }

    /// <summary>A page came.</summary>
    /// <param name="asked">So many events were asked for.</param>
    /// <param name="got">So many came.</param>
    public void Succeeded(int asked, int got, TimeSpan took)
    {
        isKnown = true;
        // Of a page that was not full nothing follows for larger ones.
        var mayGrow = got >= asked && took * 4 <= within;
        Events = Math.Clamp(mayGrow ? asked * 2 : asked, 1, ceiling);
    }

    /// <summary>No answer came in time.</summary>
    public void WasSlow(int asked)
    {
        isKnown = true;
        ceiling = Events = Math.Max(1, asked / 2);
    }
}
