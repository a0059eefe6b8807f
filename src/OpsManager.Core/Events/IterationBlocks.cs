namespace OpsManager.Core.Events;

/// <summary>
/// The iterations of a log that are over, in order, found while rows are appended. An iteration of which only the end is in the log is
/// not among them. One thread appends; any thread may read what a number of rows, which it has seen, makes of them.
/// </summary>
public sealed class IterationBlocks
{
    private const int MaxRoles = 8;

    private const int RoleBits = 0x0F;
    private const int HasEndBit = 0x10;
    private const int HasProblemBit = 0x20;

    private readonly GrowingList<IterationBlock> closed = new();
    private readonly GrowingList<Completion> completions = new();
    private readonly GrowingList<int> starts = new();
    private readonly ushort[] roles = new ushort[MaxRoles];
    private int first = -1;
    private byte roleCount;
    private bool hasProblem;
    private int hidden;

    public ref readonly IterationBlock this[int index] => ref closed[index];

    /// <summary>Blocks that are over within the first <paramref name="lines"/> rows.</summary>
    public int CountWithin(int lines) => closed.CountWhile(lines, static (block, lines) => block.ClosedAt < lines);

    /// <summary>The last of the first <paramref name="count"/> blocks that begins at a row or before it; -1 where none does.</summary>
    public int IndexAt(int row, int count) =>
        Math.Min(closed.CountWhile(row, static (block, row) => block.First <= row), count) - 1;

    /// <summary>
    /// Times of the runs that were completed within the first <paramref name="lines"/> rows, oldest first; null for one without a time.
    /// </summary>
    public IEnumerable<DateTimeOffset?> CompletionsWithin(int lines)
    {
        var count = completions.CountWhile(lines, static (completion, lines) => completion.Row < lines);
        for (var i = 0; i < count; i++)
        {
            yield return completions[i].Second is > 0 and var second ? DateTimeOffset.FromUnixTimeSeconds(second) : null;
        }
    }

    /// <summary>The newest loop_start at a row or before it; -1 where there is none.</summary>
    public int StartOf(int row) =>
        starts.CountWhile(row, static (start, row) => start <= row) is > 0 and var count ? starts[count - 1] : -1;

    /// <summary>Takes note of the row that was appended as number <paramref name="row"/>.</summary>
    internal void Add(in EventRow seen, int row, WordTable words)
    {
        switch (seen.Name)
        {
            case KnownEvents.IterationStart:
                Close(row - 1, row, hasEnd: false);
                (first, roleCount, hasProblem) = (row, 0, false);
                return;
            case KnownEvents.IterationEnd when first >= 0:
                hasProblem |= Problems.IsProblem(seen, words);
                Close(row, row, hasEnd: true);
                return;
            case KnownEvents.LoopComplete:
                completions.Add(new Completion(row, seen.Second));
                Close(row - 1, row, hasEnd: false);
                return;
            case KnownEvents.LoopStart:
                starts.Add(row);
                Close(row - 1, row, hasEnd: false);
                return;
            case KnownEvents.LoopStop or KnownEvents.RateLimitStop or KnownEvents.NoProgressStop:
                Close(row - 1, row, hasEnd: false);
                return;
            case KnownEvents.RoleStart when first >= 0:
                AddRole(seen.Role);
                break;
        }

        hasProblem = hasProblem || (first >= 0 && Problems.IsProblem(seen, words));
    }

    internal void Write(IndexWriter to)
    {
        var before = 0;
        to.Number((ulong)closed.Count);
        for (var at = 0; at < closed.Count; at++)
        {
            ref readonly var block = ref closed[at];
            to.Number((ulong)(block.First - before));
            to.Number((ulong)(block.Last - block.First));
            to.Number((ulong)(block.ClosedAt - block.Last));
            to.Byte((byte)(block.Roles | (block.HasEnd ? HasEndBit : 0) | (block.HasProblem ? HasProblemBit : 0)));
            before = block.First;
        }

        before = 0;
        to.Number((ulong)completions.Count);
        for (var at = 0; at < completions.Count; at++)
        {
            to.Number((ulong)(completions[at].Row - before));
            to.Number(completions[at].Second);
            before = completions[at].Row;
        }

        before = 0;
        to.Number((ulong)starts.Count);
        for (var at = 0; at < starts.Count; at++)
        {
            to.Number((ulong)(starts[at] - before));
            before = starts[at];
        }

        to.Signed(first);
        to.Byte((byte)(roleCount | (hasProblem ? HasProblemBit : 0)));
        foreach (var role in roles.AsSpan(0, roleCount))
        {
            to.Number(role);
        }
    }

    /// <summary>What <see cref="Write"/> wrote; null where it cannot be that of so many rows.</summary>
    internal static IterationBlocks? Read(ref IndexReader from, int rows)
    {
        var read = new IterationBlocks();
        var before = 0;
        for (var left = from.Number(rows); left > 0; left--)
        {
            var (start, length, behind, bits) = (before + from.Number(rows), from.Number(rows), from.Number(rows), from.Byte());
            (read.first, read.roleCount, read.hasProblem) = (start, (byte)(bits & RoleBits), (bits & HasProblemBit) != 0);
            read.Close(start + length, start + length + behind, (bits & HasEndBit) != 0);
            before = start;
        }

        before = 0;
        for (var left = from.Number(rows); left > 0; left--)
        {
            before += from.Number(rows);
            read.completions.Add(new Completion(before, (uint)from.Number()));
        }

        before = 0;
        for (var left = from.Number(rows); left > 0; left--)
        {
            before += from.Number(rows);
            read.starts.Add(before);
        }

        read.first = (int)Math.Clamp(from.Signed(), -1, rows - 1);
        var open = from.Byte();
        (read.roleCount, read.hasProblem) = ((byte)Math.Min(MaxRoles, open & RoleBits), (open & HasProblemBit) != 0);
        for (var role = 0; role < read.roleCount; role++)
        {
            read.roles[role] = (ushort)from.Number(WordTable.NotKept);
        }

        return from.IsBroken ? null : read;
    }

    private void AddRole(ushort role)
    {
        if (roleCount < MaxRoles && !roles.AsSpan(0, roleCount).Contains(role))
        {
            roles[roleCount++] = role;
        }
    }

    private void Close(int last, int by, bool hasEnd)
    {
        if (first >= 0)
        {
            closed.Add(new IterationBlock
            {
                First = first,
                Last = last,
                ClosedAt = by,
                HiddenBefore = hidden,
                Roles = roleCount,
                HasEnd = hasEnd,
                HasProblem = hasProblem,
            });
            hidden += last - first;
        }

        first = -1;
    }

    private readonly record struct Completion(int Row, uint Second);
}
