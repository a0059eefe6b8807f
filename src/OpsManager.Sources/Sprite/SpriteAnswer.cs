using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;

namespace OpsManager.Sources.Sprite;

/// <summary>An answer that was read to its end.</summary>
public sealed record SpriteAnswer(int Status, string? Tag, TimeSpan? RetryAfter, ReadOnlyMemory<byte> Body)
{
    /// <summary>The same request was sent before, got no answer, and may have reached the service.</summary>
    public bool MayHaveArrivedBefore { get; init; }

    /// <summary>Bytes of the whole file of which the body is a part; null where the answer does not say.</summary>
    public long? TotalSize { get; init; }

    /// <summary>Where in that file the body begins; null where the answer does not say.</summary>
    public long? Offset { get; init; }

    /// <summary>The same request may be answered better soon.</summary>
    public bool IsPassing => Status is 408 or 429 or >= 500 && !IsOfLoop;

    /// <summary>The service is well, and says that a loop cannot be read.</summary>
    public bool IsOfLoop => Status is 404 or 502 && Fault is { Code: ServiceCodes.NotFound or ServiceCodes.RuntimeError };

    /// <summary>The error in it; null where it is none of the contract's.</summary>
    public ServiceFault? Fault => Status < 400 ? null : fault ??= Read();

    /// <summary>Longest message of a service that is passed on.</summary>
    private const int MaxMessageChars = 300;

    private ServiceFault? fault;

    /// <summary>A header that is a whole number; null where it is not there or none.</summary>
    internal static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && long.TryParse(string.Concat(values), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private ServiceFault? Read()
    {
        try
        {
            return EnvelopeReader.Parse(Body, "") is { ValueKind: JsonValueKind.Object } root
                && root.Field("error") is { } error
                && error.Text("message") is { } message
                ? new ServiceFault(
                    error.Text("code") ?? "", message.Length <= MaxMessageChars ? message : message[..MaxMessageChars] + "…")
                : null;
        }
        catch (ContractException)
        {
            // Something before the service has answered, in words of its own.
            return null;
        }
    }
}
