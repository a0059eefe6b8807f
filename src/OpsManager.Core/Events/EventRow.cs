using System.Runtime.InteropServices;

namespace OpsManager.Core.Events;

/// <summary>
/// One line of the log as the index keeps it: where it is in the file and the small numbers that the fold and filters need.
/// 32 bytes.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly struct EventRow
{
    /// <summary>The highest iteration that the index can hold: 48 bits keep a row at 32 bytes. Envelopes have it whole.</summary>
    public const long MaxIteration = (1L << 47) - 1;

    /// <summary>First byte of the line in the file.</summary>
    public required long Offset { get; init; }

    /// <summary>Bytes without the newline.</summary>
    public required int Length { get; init; }

    /// <summary>The line's own timestamp, in seconds since 1970 UTC; 0 where it has none that can be read.</summary>
    public uint Second { get; init; }

    private readonly uint iterationLow;
    private readonly short iterationHigh;

    /// <summary>-1 where the line has none; a larger one than <see cref="MaxIteration"/> is kept as that.</summary>
    public long Iteration
    {
        get => ((long)iterationHigh << 32) | iterationLow;
        init => (iterationHigh, iterationLow) = ((short)(Math.Min(value, MaxIteration) >> 32), (uint)Math.Min(value, MaxIteration));
    }

    /// <summary>Numbers in the log's <see cref="WordTable"/>.</summary>
    public ushort Run { get; init; }

    public required ushort Name { get; init; }

    public ushort Role { get; init; }

    public ushort Status { get; init; }

    /// <summary>
    /// The one word of <c>data</c> that a headline needs: <c>max_iterations</c> of a start, <c>reason</c> of a stop,
    /// <c>status</c> of an end.
    /// </summary>
    public ushort Detail { get; init; }

    public bool IsEvent => Name is not (KnownEvents.Invalid or KnownEvents.Blank);
}
