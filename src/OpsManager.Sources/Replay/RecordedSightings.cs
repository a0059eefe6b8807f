using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Replay;

/// <summary>
/// What a recorder was told of processes, as the core has it, and back: a replay says the same in the same words.
/// </summary>
internal static class RecordedSightings
{
    public static ProcessSighting Sighting(TapeProcess process, TapeSighting seen) =>
        new(process.Pid, Fate(seen.Fate), seen.Fact, seen.Fate == TapeFate.Alive ? seen.Ticks : null, process.State)
        {
            IsElsewhere = seen.Fate == TapeFate.Elsewhere,
        };

    public static RunSearch Search(TapeProcess process, TapeSighting seen) => new(Fate(seen.Fate), seen.Fact)
    {
        Pid = process.Pid == 0 ? null : process.Pid,
        Group = process.Group,
        Started = seen.Ticks,
        StartedAt = process.StartedAt,
        State = process.State,
    };

    /// <summary>A process that was named, as a step.</summary>
    /// <param name="ticks">When it started, where that is what it was looked for by.</param>
    public static TapeProcess Step(ProcessSighting sighting, TapeInquiry inquiry, ulong? ticks = null) =>
        Step(sighting.Pid, sighting.Fate, sighting.State, new TapeSighting(Fate(sighting.Fate, sighting.IsElsewhere), sighting.Fact)
        {
            Inquiry = inquiry,
            Ticks = ticks ?? sighting.Started,
        });

    /// <summary>A search for the process of a loop, as a step. A reader that knows no searches finds the process by its command.</summary>
    public static TapeProcess Step(string loop, RunSearch search) =>
        Step(search.Pid ?? 0, search.Fate, search.State, new TapeSighting(Fate(search.Fate, isElsewhere: false), search.Fact)
        {
            Inquiry = TapeInquiry.Search,
            Ticks = search.Started,
        }) with
        {
            Loop = loop,
            Command = search.Fate == ProcessFate.Alive ? $"superloop.sh run --loop {loop}" : null,
            Group = search.Group,
            StartedAt = search.StartedAt,
        };

    private static TapeProcess Step(int pid, ProcessFate fate, ProcessState state, TapeSighting seen) =>
        new(default, 0, pid, fate == ProcessFate.Alive)
        {
            State = fate == ProcessFate.Alive ? state : default,
            IsUnreadable = fate is not (ProcessFate.Alive or ProcessFate.Gone),
            Seen = seen,
        };

    private static ProcessFate Fate(TapeFate fate) => fate switch
    {
        TapeFate.Alive => ProcessFate.Alive,
        TapeFate.Gone => ProcessFate.Gone,
        TapeFate.Unreadable => ProcessFate.Unreadable,
        TapeFate.NotOurs or TapeFate.Elsewhere => ProcessFate.NotOurs,
        _ => ProcessFate.NotObservable,
    };

    private static TapeFate Fate(ProcessFate fate, bool isElsewhere) => fate switch
    {
        ProcessFate.Alive => TapeFate.Alive,
        ProcessFate.Gone => TapeFate.Gone,
        ProcessFate.Unreadable => TapeFate.Unreadable,
        ProcessFate.NotOurs => isElsewhere ? TapeFate.Elsewhere : TapeFate.NotOurs,
        _ => TapeFate.NotObservable,
    };
}
