using OpsManager.Contract;
using OpsManager.Contract.Service;

namespace OpsManager.Sources.Sprite;

/// <summary>Asks one sprite for pages of events, of a size that it can answer in time.</summary>
internal sealed class EventPaging(TimeProvider time, SpriteOptions options)
{
    /// <summary>Most lines by which one page may move on: they are kept as empty lines where they hold no event.</summary>
    private const long MaxLines = 1_000_000;

    private readonly PageSize sizes = new(options.Timeout, options.FirstEvents, options.PageEvents);

    /// <summary>Whole pages may be asked for, unless that was too slow already.</summary>
    public void IsFast() => sizes.IsFast();

    /// <summary>The events behind a line, with the line up to which there are no more.</summary>
    /// <param name="count">Lines that are known to be there.</param>
    /// <param name="mayPass">Whether what is behind them may come too; else no page has more events than there are lines left.</param>
    /// <exception cref="ContractException">It cannot be had, or is not what the contract says.</exception>
    public async Task<EventPage> NextAsync(
        ILoopTransport by, string loop, long from, long count, bool mayPass, CancellationToken cancel)
    {
        var page = await AskAsync(by, loop, from, mayPass ? long.MaxValue : count - from, cancel).ConfigureAwait(false);
        if (page.Events.Count == 0 && !by.CountsBlankLines)
        {
            // Behind the cursor there are lines that hold no event, and it cannot say so.
            page = page with { Cursor = page.Cursor with { EventLineOffset = count, EventLineCount = count } };
        }

        return page.Cursor.EventLineOffset > from && page.Cursor.EventLineOffset - from <= MaxLines
            ? page
            : throw new ContractException(
                FailureCodes.ServiceResponseInvalid,
                $"the page of events after line {from} of loop {loop} ends at line {page.Cursor.EventLineOffset}, of {count}");
    }

    /// <summary>A page that is too large to be read, or takes too long, is asked for with half as many events, down to one.</summary>
    /// <param name="wanted">Lines that are wanted at all: no page has more.</param>
    private async Task<EventPage> AskAsync(ILoopTransport by, string loop, long from, long wanted, CancellationToken cancel)
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
