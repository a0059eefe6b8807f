using OpsManager.Core.Events;
using OpsManager.Core.Model;

namespace OpsManager.Tui.Timeline;

/// <summary>
/// The lines of a log of which some iterations are one line each. Finding a line costs the logarithm of the iterations, whatever is
/// folded.
/// </summary>
internal sealed class Folds
{
    private static readonly IterationBlocks NoBlocks = new();

    private readonly IterationBlocks blocks;

    /// <summary>The first so many blocks are folded, but for those that are open.</summary>
    private readonly int count;
    private readonly int lines;

    /// <summary>The open ones among them, ascending, and how many rows each keeps that would go.</summary>
    private readonly int[] open;
    private readonly int[] keptBefore;

    private Folds(IterationBlocks blocks, int count, int lines, int[] open)
    {
        (this.blocks, this.count, this.lines, this.open) = (blocks, count, lines, open);
        keptBefore = new int[open.Length + 1];
        for (var i = 0; i < open.Length; i++)
        {
            keptBefore[i + 1] = keptBefore[i] + blocks[open[i]].Hidden;
        }
    }

    /// <summary>Lines that are shown, a folded iteration as one.</summary>
    public int Shown => lines - HiddenBefore(count);

    /// <summary>Whether any iteration is folded.</summary>
    public bool Any => count > open.Length;

    public static Folds None(int lines) => new(NoBlocks, 0, lines, []);

    public static Folds From(FoldState state, bool follows, LoopModel loop)
    {
        var lines = loop.Log is null ? 0 : loop.Tally.Lines;
        if (!state.IsOn || loop.Log is not { } log)
        {
            return None(lines);
        }

        var blocks = log.Iterations;
        var finished = blocks.CountWithin(lines);
        var count = follows ? Math.Max(0, finished - 1) : Math.Min(finished, BlocksBefore(state.OpenFrom, log, finished));
        return new(
            blocks, count, lines,
            [.. state.Opened.Select(offset => BlockFrom(offset, log, lines, count)).Where(static block => block >= 0).Order()]);
    }

    /// <summary>The newest iteration that is finished, as <see cref="FoldState"/> names it; null where there is none.</summary>
    public static long? NewestFinished(LoopModel loop) =>
        loop.Log is { } log && log.Iterations.CountWithin(loop.Tally.Lines) is > 0 and var count
            ? log[log.Iterations[count - 1].First].Offset
            : null;

    /// <summary>The finished iteration that a line is in; null where it is in none.</summary>
    public static IterationBlock? FinishedAt(LoopModel loop, int line)
    {
        if (loop.Log is not { } log)
        {
            return null;
        }

        var at = log.Iterations.IndexAt(line, log.Iterations.CountWithin(loop.Tally.Lines));
        return at >= 0 && log.Iterations[at].Last >= line ? log.Iterations[at] : null;
    }

    /// <summary>The shown line that stands for a line of the log.</summary>
    public int ShownOf(int line)
    {
        var at = blocks.IndexAt(line, count);
        if (at < 0)
        {
            return line;
        }

        ref readonly var block = ref blocks[at];
        var before = HiddenBefore(at);
        return !IsFolded(at) ? line - before
            : line <= block.Last ? block.First - before
            : line - before - block.Hidden;
    }

    /// <summary>The shown line before which a row stands that comes before a line of the log.</summary>
    public int PlaceBefore(int line)
    {
        var at = blocks.IndexAt(line, count);
        return at >= 0 && IsFolded(at) && line > blocks[at].First && line <= blocks[at].Last ? ShownOf(line) + 1 : ShownOf(line);
    }

    /// <summary>
    /// The line of the log that a shown line is; of a folded iteration its first. And that iteration; null where it is none.
    /// </summary>
    public (int Line, IterationBlock? Folded) At(int shown)
    {
        int low = 0, high = count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (blocks[middle].First - HiddenBefore(middle) <= shown)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var at = low - 1;
        if (at < 0)
        {
            return (shown, null);
        }

        var (block, before) = (blocks[at], HiddenBefore(at));
        return !IsFolded(at) ? (shown + before, null)
            : shown == block.First - before ? (block.First, block)
            : (shown + before + block.Hidden, null);
    }

    private bool IsFolded(int block) => Array.BinarySearch(open, block) < 0;

    /// <summary>Rows that are not shown, of all blocks before one.</summary>
    private int HiddenBefore(int block)
    {
        if (block == 0)
        {
            return 0;
        }

        var all = blocks[block - 1].HiddenBefore + blocks[block - 1].Hidden;
        var index = Array.BinarySearch(open, block);
        return all - keptBefore[index >= 0 ? index : ~index];
    }

    /// <summary>Finished blocks that begin before a byte of the file.</summary>
    private static int BlocksBefore(long offset, EventLog log, int finished)
    {
        int low = 0, high = finished;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (log[log.Iterations[middle].First].Offset < offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static int BlockFrom(long offset, EventLog log, int lines, int count)
    {
        var row = log.RowAt(offset, lines);
        var at = log.Iterations.IndexAt(row, count);
        return at >= 0 && log.Iterations[at].First == row ? at : -1;
    }
}
