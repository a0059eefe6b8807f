using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Index;

namespace OpsManager.Tests.Sources.Index;

/// <summary>Keeps the bytes of one index in memory.</summary>
internal sealed class MemoryIndexes : IKeptIndexes
{
    private readonly IndexFormat format = new("1.0 test");

    /// <summary>As it was kept last; null where none was.</summary>
    public byte[]? Bytes { get; set; }

    /// <summary>Times that an index was kept.</summary>
    public int Kept { get; private set; }

    public KeptIndex? Find(FileStamp log) => Bytes is { } bytes ? format.Read(bytes) : null;

    public void Keep(IndexedLog indexed)
    {
        Bytes = format.Write(indexed).Written.ToArray();
        Kept++;
    }
}
