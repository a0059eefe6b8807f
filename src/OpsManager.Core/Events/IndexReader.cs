using System.Buffers.Binary;

namespace OpsManager.Core.Events;

/// <summary>
/// Reads what <see cref="IndexWriter"/> wrote. Where the bytes end too early or cannot be, <see cref="IsBroken"/> is true from then on and
/// everything reads as 0 or empty: nothing is thrown, whatever the bytes are.
/// </summary>
public ref struct IndexReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public bool IsBroken { get; private set; }

    /// <summary>Bytes that were not read yet.</summary>
    public readonly int Left => rest.Length;

    public ulong Number()
    {
        if (rest.IsEmpty || rest[0] >= 0x80)
        {
            return LongNumber();
        }

        ulong value = rest[0];
        rest = rest[1..];
        return value;
    }

    /// <summary>A number from 0 to <paramref name="max"/>.</summary>
    public int Number(int max) => Number() is var value && value <= (ulong)max ? (int)value : (int)Broken();

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public byte Byte()
    {
        if (rest.IsEmpty)
        {
            return (byte)Broken();
        }

        var value = rest[0];
        rest = rest[1..];
        return value;
    }

    public ReadOnlySpan<byte> Raw(int count)
    {
        if (count > rest.Length)
        {
            Broken();
            return default;
        }

        var value = rest[..count];
        rest = rest[count..];
        return value;
    }

    public ReadOnlySpan<byte> Text() => Raw(Number(int.MaxValue));

    public ulong Fixed() => Raw(8) is { Length: 8 } value ? BinaryPrimitives.ReadUInt64LittleEndian(value) : 0;

    private ulong LongNumber()
    {
        var value = 0UL;
        for (var at = 0; at < rest.Length && at < 10; at++)
        {
            var next = rest[at];
            value |= (ulong)(next & 0x7F) << (7 * at);
            if (next < 0x80)
            {
                rest = rest[(at + 1)..];
                return value;
            }
        }

        return Broken();
    }

    private ulong Broken()
    {
        IsBroken = true;
        rest = default;
        return 0;
    }
}
