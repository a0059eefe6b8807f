using System.Buffers;

namespace OpsManager.Sources.Processes;

/// <summary>The beginning of what a program writes, up to a limit; of the rest only that there was more. Thread-safe.</summary>
internal sealed class KeptBytes(int limit)
{
    private readonly Lock gate = new();
    private readonly ArrayBufferWriter<byte> bytes = new();
    private bool isCut;

    public void Add(ReadOnlySpan<byte> more)
    {
        lock (gate)
        {
            var room = Math.Min(more.Length, limit - bytes.WrittenCount);
            bytes.Write(more[..room]);
            isCut |= room < more.Length;
        }
    }

    public (ReadOnlyMemory<byte> Bytes, bool IsCut) Read()
    {
        lock (gate)
        {
            return (bytes.WrittenSpan.ToArray(), isCut);
        }
    }
}
