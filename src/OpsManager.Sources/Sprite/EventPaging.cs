using OpsManager.Contract;
using OpsManager.Contract.Service;

namespace OpsManager.Sources.Sprite;

/// <summary>Asks one sprite for pages of events, of a size that it can answer in time.</summary>
internal sealed class EventPaging(TimeProvider time, SpriteOptions options)
{
    private readonly PageSize sizes = new(options.Timeout, options.FirstEvents, options.PageEvents);

    /// <summary>Whole pages may be asked for, unless that was too slow already.</summary>
    public void IsFast() => sizes.IsFast();

    /// <summary>A page that is too large to be read, or takes too long, is asked for with half as many events, down to one.</summary>
    /// <param name="wanted">Lines that are wanted at all: no page has more.</param>
    /// <exception cref="ContractException">It cannot be had, or is not what the contract says.</exception>
    public async Task<EventPage> NextAsync(ILoopTransport by, string loop, long from, long wanted, CancellationToken cancel)
    {
        for (var most = (int)Math.Min(wanted, by.MayBeSlow ? sizes.Events : options.PageEvents); ; most /= 2)
        {
            var began = time.GetTimestamp();
            try
            {
                if (!by.MayBeSlow || most == 1)
                {
                    return await by.EventsAsync(loop, from, most, cancel).ConfigureAwait(false);
                }

                if (await by.TryEventsAsync(loop, from, most, cancel).ConfigureAwait(false) is { } page)
                {
                    sizes.Succeeded(most, page.Events.Count, time.GetElapsedTime(began));
                    return page;
                }

                sizes.WasSlow(most);
            }
            catch (ContractException error) when (error.InnerException is TooLargeException && most > 1)
            {
                // Half of it may do.
            }
        }
    }
}
