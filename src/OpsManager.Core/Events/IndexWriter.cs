using System.Buffers.Binary;

namespace OpsManager.Core.Events;

/// <summary>Puts numbers and bytes behind each other, small numbers in few bytes.</summary>
/// <param name="size">Bytes that are expected, so that they are not moved.</param>
public sealed class IndexWriter(int size = 4096)
{
    private byte[] bytes = new byte[size];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    /// <summary>A number of seven bits a byte, the lowest first; each byte but the last has its highest bit set.</summary>
    public void Number(ulong value)
    {
        Reserve(10);
        for (; value >= 0x80; value >>= 7)
        {
            bytes[Length++] = (byte)(value | 0x80);
        }

        bytes[Length++] = (byte)value;
    }

    /// <summary>A number that may be negative, near zero in few bytes.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Byte(byte value)
    {
        Reserve(1);
        bytes[Length++] = value;
    }

    /// <summary>Bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(bytes.AsSpan(Length));
        Length += value.Length;
    }

    /// <summary>Bytes with their number before them.</summary>
    public void Text(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        Raw(value);
    }

    /// <summary>Eight bytes, the lowest first.</summary>
    public void Fixed(ulong value)
    {
        Reserve(8);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Length), value);
        Length += 8;
    }

    /// <summary>Leaves room for a number of eight bytes that is not known yet; where it goes.</summary>
    public int Reserved()
    {
        Fixed(0);
        return Length - sizeof(ulong);
    }

    public void Fill(int reserved, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(reserved), value);

    private void Reserve(int count)
    {
        if (Length + count > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));
        }
    }
}
