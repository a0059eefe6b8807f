using System.Collections.Concurrent;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// The lines of a log before those that its snapshot rests on. Where a way tells where these begin, the older ones are left out of the
/// copy until somebody looks at the loop: of thousands of loops few are looked at.
/// </summary>
/// <param name="write">Changes the copy, as long as it is ours.</param>
internal sealed class OlderEvents(Mirror mirror, EventPaging paging, Action<Action> write)
{
    /// <summary>Lines that are read before what is new in the sprite is looked at again.</summary>
    private const int Slice = 5000;

    /// <summary>Of more lines the index of the empty ones would take more memory than it saves time.</summary>
    private const long MaxLeftOut = 10_000_000;

    private readonly ConcurrentDictionary<string, bool> wanted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MirrorLog> filling = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> faults = new(StringComparer.Ordinal);

    /// <summary>Somebody looks at a loop: all of its lines are to be copied. Safe for several threads.</summary>
    /// <returns>Whether that was not known.</returns>
    public bool Want(string loop) => wanted.TryAdd(loop, true);

    /// <summary>Whether lines have still to be read that were left out.</summary>
    public bool IsDue(string loop) => !faults.ContainsKey(loop) && IsNeeded(loop) && mirror.LeavesOut(loop);

    /// <summary>Why lines that were left out could not be read; null where they could, or nobody has tried.</summary>
    public string? Fault(string loop) => faults.GetValueOrDefault(loop);

    /// <summary>Leaves out what is before a line, where it is not needed.</summary>
    /// <param name="from">The first line that is needed.</param>
    public void LeaveOut(string loop, MirrorLog log, long from)
    {
        if (from - 1 > log.Lines && from <= MaxLeftOut && !IsNeeded(loop))
        {
            write(() => mirror.LeaveOut(loop, from - 1));
        }
    }

    /// <summary>The log is another one, or is gone.</summary>
    public void Forget(string loop)
    {
        filling.Remove(loop);
        faults.Remove(loop);
    }

    /// <summary>What failed is tried again.</summary>
    public void Forget() => faults.Clear();

    /// <summary>
    /// Reads what was left out, a slice at a time, and puts it in its place when all is there. Older lines that are not as they should be
    /// are reported, and hold up no new ones.
    /// </summary>
    /// <exception cref="ContractException">Nothing can be read now.</exception>
    public async Task ReadAsync(ILoopTransport by, string loop, CancellationToken cancel)
    {
        try
        {
            await SliceAsync(by, loop, cancel).ConfigureAwait(false);
        }
        catch (ContractException error) when (error.Code != FailureCodes.ServiceRequestFailed)
        {
            faults[loop] = $"its older lines cannot be read: {error.Message}";
        }
    }

    private async Task SliceAsync(ILoopTransport by, string loop, CancellationToken cancel)
    {
        var log = mirror.Log(loop);
        if (!filling.TryGetValue(loop, out var whole))
        {
            filling[loop] = whole = mirror.BeginWhole(loop);
        }

        for (var until = Math.Min(log.Lines, whole.Lines + Slice); whole.Lines < until;)
        {
            var page = await paging.NextAsync(by, loop, whole.Lines, log.Lines, mayPass: false, cancel).ConfigureAwait(false);
            // Lines that hold no event do not count in a page: it may go further than the copy.
            EventEnvelope[] events = [.. page.Events.TakeWhile(one => one.Sequence.Value <= log.Lines)];
            write(() => whole.Append(events, Math.Min(log.Lines, page.Cursor.EventLineOffset)));
        }

        if (whole.Lines == log.Lines)
        {
            cancel.ThrowIfCancellationRequested();
            write(() => mirror.Fill(loop, whole));
            filling.Remove(loop);
        }
    }

    /// <summary>What was asked for here is judged by all of the log.</summary>
    private bool IsNeeded(string loop) => wanted.ContainsKey(loop) || mirror.HasIntents(loop);
}
