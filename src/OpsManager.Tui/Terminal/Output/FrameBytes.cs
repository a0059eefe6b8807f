using System.Buffers.Text;
using System.Text;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>The bytes of one frame; grows once and is used again for every frame.</summary>
internal sealed class FrameBytes
{
    private byte[] bytes = new byte[16 * 1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Ascii(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        Length += text.Length;
    }

    public void AsciiChar(char character)
    {
        Room(1)[0] = (byte)character;
        Length++;
    }

    public void Number(int value)
    {
        _ = Utf8Formatter.TryFormat(value, Room(11), out var written);
        Length += written;
    }

    public void Text(ReadOnlySpan<char> text) => Length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));

    /// <summary>CUP; both are counted from 0.</summary>
    public void MoveTo(int column, int row)
    {
        Ascii("\e["u8);
        Number(row + 1);
        Ascii(";"u8);
        Number(column + 1);
        Ascii("H"u8);
    }

    private Span<byte> Room(int wanted)
    {
        if (bytes.Length - Length < wanted)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + wanted));
        }

        return bytes.AsSpan(Length);
    }
}
