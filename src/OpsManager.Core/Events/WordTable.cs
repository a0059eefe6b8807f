using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace OpsManager.Core.Events;

/// <summary>
/// Gives each distinct short text of a log (event names, roles, status words, run ids) a small number, so that a row of the
/// index holds numbers and a million events hold each word once. One thread adds; any thread may read a number it was given.
/// </summary>
public sealed class WordTable
{
    /// <summary>The number of "no text here".</summary>
    public const ushort None = 0;

    /// <summary>The number of a text that is not kept, because it is too long or one of too many. The line still has it.</summary>
    public const ushort NotKept = ushort.MaxValue;

    /// <summary>Longest text that is kept, in UTF-8 bytes: known words have at most 24, a run id 20.</summary>
    public const int MaxBytes = 200;

    /// <summary>
    /// A log has some dozens of words, and nearly every one is asked for again at once: these are found without a real hash.
    /// </summary>
    private const int LatelySlots = 256;

    /// <summary>Texts that a log has room for at first: most of thousands of logs have few of their own.</summary>
    private const int FirstTexts = 32;

    /// <summary>The known names: they are the same in every log, and so are their numbers.</summary>
    private static readonly byte[][] KnownNames = [.. KnownEvents.Names.Select(static name => Encoding.UTF8.GetBytes(name))];

    private static readonly WordTraits[] KnownTraits = [.. KnownEvents.Names.Select(static name => Problems.TraitsOf(name))];

    private static readonly Dictionary<string, ushort>.AlternateLookup<ReadOnlySpan<byte>> KnownNumbers =
        KnownEvents.Names.Index().ToDictionary(static name => name.Item, static name => (ushort)(name.Index + 1), Utf8Comparer.Instance)
            .GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Of the texts that are no known names.</summary>
    private readonly Dictionary<string, ushort>.AlternateLookup<ReadOnlySpan<byte>> numbers =
        new Dictionary<string, ushort>(Utf8Comparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();

    private readonly ushort[] lately = new ushort[LatelySlots];
    private string?[] texts = new string?[FirstTexts];
    private byte[]?[] written = new byte[]?[FirstTexts];
    private WordTraits[] traits = new WordTraits[FirstTexts];
    private int count = KnownEvents.Names.Length + 1;

    public WordTable()
    {
        KnownEvents.Names.CopyTo(texts, 1);
        KnownNames.CopyTo(written, 1);
        KnownTraits.CopyTo(traits, 1);
    }

    /// <summary>The number that the next new text gets.</summary>
    internal int Count => count;

    /// <summary>The text behind a number; null for <see cref="None"/> and <see cref="NotKept"/>.</summary>
    public string? this[ushort number] => number is None or NotKept ? null : Volatile.Read(ref texts)[number];

    /// <summary>What is known of the text behind a number.</summary>
    internal WordTraits Traits(ushort number) => number is None or NotKept ? WordTraits.None : Volatile.Read(ref traits)[number];

    /// <summary>The number of a text, made on first sight. Allocates only then.</summary>
    public ushort Number(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return None;
        }

        if (utf8.Length > MaxBytes)
        {
            return NotKept;
        }

        ref var slot = ref lately[SlotOf(utf8)];
        if (!utf8.SequenceEqual(written[slot]))
        {
            if (!numbers.TryGetValue(utf8, out var number) && !KnownNumbers.TryGetValue(utf8, out number))
            {
                if (count >= NotKept)
                {
                    return NotKept;
                }

                number = Add(Encoding.UTF8.GetString(utf8), utf8.ToArray());
            }

            slot = number;
        }

        return slot;
    }

    /// <summary>The texts that a log brought, as they were written, in the order of their numbers. On the thread that adds.</summary>
    internal byte[][] Written() => [.. written[(KnownEvents.Names.Length + 1)..count].Select(static text => text!)];

    /// <summary>By the beginning, the end and the length.</summary>
    private static int SlotOf(ReadOnlySpan<byte> utf8)
    {
        var (first, last) = utf8.Length switch
        {
            >= 8 => (BinaryPrimitives.ReadUInt64LittleEndian(utf8), BinaryPrimitives.ReadUInt64LittleEndian(utf8[^8..])),
            >= 4 => (BinaryPrimitives.ReadUInt32LittleEndian(utf8), BinaryPrimitives.ReadUInt32LittleEndian(utf8[^4..])),
            _ => (utf8[0], utf8[^1]),
        };
        var mixed = ((first ^ BitOperations.RotateLeft(last, 23)) + (ulong)utf8.Length) * 0x9E3779B97F4A7C15;
        return (int)(mixed >> 56);
    }

    private ushort Add(string text, byte[] utf8)
    {
        if (count == texts.Length)
        {
            var larger = new string?[texts.Length * 2];
            texts.CopyTo(larger, 0);
            Array.Resize(ref written, larger.Length);
            var largerTraits = new WordTraits[larger.Length];
            traits.CopyTo(largerTraits, 0);
            Volatile.Write(ref texts, larger);
            Volatile.Write(ref traits, largerTraits);
        }

        texts[count] = text;
        written[count] = utf8;
        traits[count] = Problems.TraitsOf(text);
        numbers.Dictionary[text] = (ushort)count;
        return (ushort)count++;
    }

    /// <summary>Hashes and compares by UTF-8, so that a slice of the file finds its text without becoming a string first.</summary>
    private sealed class Utf8Comparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string obj)
        {
            Span<byte> bytes = stackalloc byte[MaxBytes * 3];
            return Encoding.UTF8.TryGetBytes(obj, bytes, out var written) ? GetHashCode(bytes[..written]) : 0;
        }

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public bool Equals(ReadOnlySpan<byte> alternate, string other)
        {
            // Text beyond ASCII has more bytes than characters, so of equal lengths only ASCII can be equal: nearly every word.
            if (alternate.Length == other.Length)
            {
                return Ascii.Equals(alternate, other);
            }

            return !Ascii.IsValid(other) && SlowEquals(alternate, other);
        }

        private static bool SlowEquals(ReadOnlySpan<byte> alternate, string other)
        {
            Span<byte> bytes = stackalloc byte[MaxBytes * 3];
            return Encoding.UTF8.TryGetBytes(other, bytes, out var written) && bytes[..written].SequenceEqual(alternate);
        }

        public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);
    }
}
