using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Follow;

namespace OpsManager.Sources.Index;

/// <summary>
/// The bytes of a kept index: a mark with the number of the format, length and checksum of the rest, then the program that wrote it, what
/// log it is of, and its rows.
/// </summary>
/// <param name="program">Another version of the program may read lines differently, so it does not use the index.</param>
internal sealed class IndexFormat(string program)
{
    /// <summary>"opsindx" and the number of the format.</summary>
    private const ulong Mark = 0x01_78_64_6E_69_73_70_6F;

    private const int HeadBytes = 24;
    private const int FingerprintBytes = 32;

    private readonly byte[] program = Encoding.UTF8.GetBytes(program);

    public IndexWriter Write(IndexedLog indexed)
    {
        var to = new IndexWriter(indexed.Part.Size);
        to.Fixed(Mark);
        var (length, checksum) = (to.Reserved(), to.Reserved());
        to.Text(program);
        to.Fixed(indexed.Stamp.Identity ?? 0);
        to.Fixed((ulong)indexed.Stamp.Size);
        to.Fixed((ulong)indexed.Stamp.ModifiedAt.UtcTicks);
        to.Fixed((ulong)indexed.ReadTo);
        to.Raw(indexed.Fingerprint.Span);
        indexed.Part.Write(to);
        to.Fill(length, (ulong)(to.Length - HeadBytes));
        to.Fill(checksum, Checksum(to.Written[HeadBytes..]));
        return to;
    }

    /// <summary>Null where the bytes are none of ours, of another version, or not whole.</summary>
    public KeptIndex? Read(ReadOnlyMemory<byte> bytes)
    {
        var head = new IndexReader(bytes.Span);
        if (head.Fixed() != Mark || head.Fixed() != (ulong)(bytes.Length - HeadBytes) || head.Fixed() != Checksum(bytes.Span[HeadBytes..]))
        {
            return null;
        }

        var body = new IndexReader(bytes.Span[HeadBytes..]);
        if (!body.Text().SequenceEqual(program))
        {
            return null;
        }

        var (identity, size, modified, readTo) = (body.Fixed(), (long)body.Fixed(), (long)body.Fixed(), (long)body.Fixed());
        var fingerprint = body.Raw(FingerprintBytes).ToArray();
        return body.IsBroken || size < 0 || readTo < 0 || modified < 0 || modified > DateTimeOffset.MaxValue.UtcTicks
            ? null
            : new KeptIndex(
                new FileStamp(size, new DateTimeOffset(modified, TimeSpan.Zero), identity), readTo, fingerprint, bytes[^body.Left..]);
    }

    /// <summary>CRC-32C: it finds what a crash or a disk did to the file.</summary>
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return crc;
    }
}
