using OpsManager.Contract.Tapes;

namespace OpsManager.Sources.Record;

/// <summary>
/// What is known at the end of a tape, in as few steps as say it: the tape that follows begins with them, so that it needs none before
/// it. The tape is read twice, and never held whole.
/// </summary>
/// <param name="open">The steps of the tape, from its first; is called twice.</param>
internal sealed class SegmentCarry(Func<IEnumerable<TapeStep>> open)
{
    private readonly Dictionary<string, int> starts = new(StringComparer.Ordinal);
    private readonly Dictionary<(TapeInquiry? Inquiry, int Pid, string? Loop, ulong? Ticks), int> processes = [];

    /// <summary>In the order of the tape.</summary>
    public IEnumerable<TapeStep> Steps()
    {
        foreach (var (index, step) in open().Index())
        {
            Note(index, step);
        }

        return open().Index().Where(step => IsKnown(step.Index, step.Item)).Select(static step => step.Item);
    }

    private void Note(int index, TapeStep step)
    {
        switch (step)
        {
            case TapePut put:
                starts[put.Path] = index;
                break;
            case TapeRemove { Fault: not null } remove:
                starts[remove.Path] = index;
                break;
            case TapeRemove remove:
                starts.Remove(remove.Path);
                break;
            case TapeProcess process:
                processes[Key(process)] = index;
                break;
        }
    }

    private bool IsKnown(int index, TapeStep step) => step switch
    {
        TapePut put => Starts(put.Path) == index,
        TapeAppend append => Starts(append.Path) is { } start && start < index,
        TapeRemove remove => Starts(remove.Path) == index,
        TapeProcess process => processes[Key(process)] == index,
        _ => false,
    };

    private int? Starts(string path) => starts.TryGetValue(path, out var index) ? index : null;

    /// <summary>A search is of a loop, whatever process it found; the others are of a process.</summary>
    private static (TapeInquiry? Inquiry, int Pid, string? Loop, ulong? Ticks) Key(TapeProcess process) => process.Seen switch
    {
        { Inquiry: TapeInquiry.Search } => (TapeInquiry.Search, 0, process.Loop, null),
        { Inquiry: TapeInquiry.Cancel, Ticks: var ticks } => (TapeInquiry.Cancel, process.Pid, null, ticks),
        { Inquiry: var inquiry } => (inquiry, process.Pid, null, null),
        null => (null, process.Pid, null, null),
    };
}
