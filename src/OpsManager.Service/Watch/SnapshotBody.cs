using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;

namespace OpsManager.Service.Watch;

/// <summary>A snapshot as text, without the two fields that differ between requests: these are put in as bytes.</summary>
internal sealed class SnapshotBody
{
    private readonly ReadOnlyMemory<byte> head;
    private readonly ReadOnlyMemory<byte> between;
    private readonly ReadOnlyMemory<byte> tail;

    public SnapshotBody(SnapshotEnvelope snapshot)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(snapshot, ContractJson.Default.SnapshotEnvelope);
        var (emitted, trace) = (Value(text, "emittedAt"u8), Value(text, "traceId"u8));
        head = text.AsMemory(0, emitted.Start);
        between = text.AsMemory(emitted.End..trace.Start);
        tail = text.AsMemory(trace.End);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (ReadOnlySpan<ReadOnlyMemory<byte>>)[head, between, tail])
        {
            hash.AppendData(part.Span);
        }

        Tag = $"\"{Convert.ToHexStringLower(hash.GetHashAndReset())}\"";
    }

    /// <summary>Strong entity tag, with its quotes: the hash of all that does not differ between requests.</summary>
    public string Tag { get; }

    /// <summary>The whole text, in pieces.</summary>
    public ReadOnlyMemory<byte>[] With(DateTimeOffset emittedAt, string trace) =>
    [
        head,
        Encoding.UTF8.GetBytes($"\"{UtcSecondsConverter.Text(emittedAt)}\""),
        between,
        Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(trace)}\""),
        tail,
    ];

    /// <summary>Where the value of a field of the outermost object is.</summary>
    private static (int Start, int End) Value(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
            {
                continue;
            }

            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isIt)
            {
                return (start, (int)reader.BytesConsumed);
            }
        }

        throw new InvalidOperationException($"a snapshot without {Encoding.UTF8.GetString(name)}");
    }
}
