using System.Runtime.InteropServices;

namespace OpsManager.Core.Events;

/// <summary>One line of the log as the index keeps it: where it stands in the file and the small numbers that the fold and filters need. 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly struct EventRow
{
    /// <summary>First byte of the line in the file.</summary>
    public required long Offset { get; init; }

    /// <summary>Bytes without the newline.</summary>
    public required int Length { get; init; }

    /// <summary>The line's own timestamp, in seconds since 1970 UTC; 0 where it has none that can be read.</summary>
    public uint Second { get; init; }

    /// <summary>-1 where the line has none.</summary>
    public int Iteration { get; init; }

    /// <summary>Numbers in the log's <see cref="WordTable"/>.</summary>
    public ushort Run { get; init; }

    public required ushort Name { get; init; }

    public ushort Role { get; init; }

    public ushort Status { get; init; }

    /// <summary>The one word of <c>data</c> that a headline needs: <c>max_iterations</c> of a start, <c>reason</c> of a stop, <c>status</c> of an end.</summary>
    public ushort Detail { get; init; }

    public bool IsEvent => Name is not (KnownEvents.Invalid or KnownEvents.Blank);
}
