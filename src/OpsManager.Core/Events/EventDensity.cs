using System.Numerics;

namespace OpsManager.Core.Events;

/// <summary>
/// How many events, and problems among them, a log has over its time, in at most <see cref="MaxBins"/> bins of equal width.
/// Adding rows one by one, in batches or all at once gives the same. A row without a time is not counted; one from before the
/// first counts with the first.
/// </summary>
public sealed class EventDensity
{
    public const int MaxBins = 512;

    /// <summary>Bins that there is room for at first.</summary>
    private const int FirstBins = 8;

    public static readonly EventDensity Empty = new(0, 0, 1, [], []);

    private readonly uint first;
    private readonly uint last;
    private readonly long width;

    /// <summary>By bin, for as many bins as were needed yet: most of thousands of logs are short.</summary>
    private readonly int[] counts;

    /// <summary>The same for problems: a log without any has none.</summary>
    private readonly int[] problems;

    private EventDensity(uint first, uint last, long width, int[] counts, int[] problems) =>
        (this.first, this.last, this.width, this.counts, this.problems) = (first, last, width, counts, problems);

    /// <summary>The time of the first row that has one; null while none has.</summary>
    public DateTimeOffset? Start => first == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(first);

    /// <summary>The latest time of a row; null while none has one.</summary>
    public DateTimeOffset? End => first == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(last);

    /// <summary>What one bin spans.</summary>
    public TimeSpan BinWidth => TimeSpan.FromSeconds(width);

    /// <summary>Bins from the start to the end.</summary>
    public int Count => first == 0 ? 0 : (int)((last - first) / width) + 1;

    /// <summary>This density with rows <paramref name="from"/> up to, not including, <paramref name="to"/> added.</summary>
    public EventDensity Add(EventLog log, int from, int to)
    {
        var (start, end, step) = (first, last, (uint)width);
        int[]? newCounts = null, newProblems = null;
        // Most rows go where the one before them went: no division for these.
        uint bin = 0, binStart = 1, binEnd = 0;
        for (var row = from; row < to; row++)
        {
            ref readonly var seen = ref log[row];
            if (seen.Second == 0)
            {
                continue;
            }

            if (newCounts is null || newProblems is null)
            {
                newCounts = [.. counts];
                newProblems = [.. problems];
            }

            if (seen.Second < binStart || seen.Second >= binEnd || seen.Second > end)
            {
                start = start == 0 ? seen.Second : start;
                end = Math.Max(end, seen.Second);
                for (; (end - start) / step >= MaxBins; step *= 2)
                {
                    Halve(newCounts);
                    Halve(newProblems);
                }

                bin = (Math.Max(seen.Second, start) - start) / step;
                binStart = start + (bin * step);
                binEnd = (uint)Math.Min((long)binStart + step, uint.MaxValue);
            }

            AddTo(ref newCounts, bin);
            if (Problems.IsProblem(seen, log.Words))
            {
                AddTo(ref newProblems, bin);
            }
        }

        return newCounts is null || newProblems is null ? this : new EventDensity(start, end, step, newCounts, newProblems);
    }

    /// <summary>
    /// The whole time as <paramref name="width"/> cells: several bins in a cell are added up, and where there are more cells than
    /// bins, neighbouring cells show the same bin.
    /// </summary>
    public IReadOnlyList<DensityCell> Bins(int width)
    {
        var cells = new DensityCell[Math.Max(0, width)];
        var bins = Count;
        if (bins > cells.Length && cells.Length > 0)
        {
            for (var bin = 0; bin < bins; bin++)
            {
                ref var cell = ref cells[CellOf(bin, bins, cells.Length)];
                cell = new DensityCell(cell.Count + counts[bin], cell.HasProblem || HasProblem(bin));
            }
        }
        else if (bins > 0)
        {
            for (var cell = 0; cell < cells.Length; cell++)
            {
                var bin = (int)((long)cell * bins / cells.Length);
                cells[cell] = new DensityCell(counts[bin], HasProblem(bin));
            }
        }

        return cells;
    }

    internal void Write(IndexWriter to)
    {
        to.Number(first);
        to.Number(last);
        to.Number((ulong)width);
        for (var bin = 0; bin < Count; bin++)
        {
            to.Number((ulong)counts[bin]);
            to.Number(bin < problems.Length ? (ulong)problems[bin] : 0);
        }
    }

    /// <summary>What <see cref="Write"/> wrote.</summary>
    internal static EventDensity Read(ref IndexReader from)
    {
        var (first, last, width) = ((uint)from.Number(), (uint)from.Number(), Math.Max(1, from.Number(int.MaxValue)));
        if (first == 0 || last < first || (last - first) / width >= MaxBins)
        {
            return Empty;
        }

        var bins = (int)((last - first) / width) + 1;
        var read = new EventDensity(first, last, width, new int[bins], new int[bins]);
        for (var bin = 0; bin < bins; bin++)
        {
            (read.counts[bin], read.problems[bin]) = (from.Number(int.MaxValue), from.Number(int.MaxValue));
        }

        return read;
    }

    private static int CellOf(int bin, int bins, int width) => (int)((long)bin * width / bins);

    private bool HasProblem(int bin) => bin < problems.Length && problems[bin] > 0;

    private static void AddTo(ref int[] bins, uint bin)
    {
        if (bin >= bins.Length)
        {
            Array.Resize(ref bins, (int)Math.Min(MaxBins, Math.Max(FirstBins, BitOperations.RoundUpToPowerOf2(bin + 1))));
        }

        bins[bin]++;
    }

    /// <summary>Two bins become one, and the second half is free.</summary>
    private static void Halve(int[] bins)
    {
        for (var bin = 0; bin < bins.Length; bin++)
        {
            var pair = 2 * bin;
            bins[bin] = pair + 1 < bins.Length ? bins[pair] + bins[pair + 1] : pair < bins.Length ? bins[pair] : 0;
        }
    }
}

/// <summary>One cell of a strip that shows a log's time.</summary>
public readonly record struct DensityCell(int Count, bool HasProblem);
