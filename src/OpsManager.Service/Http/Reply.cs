using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;

namespace OpsManager.Service.Http;

/// <summary>One answer, ready to be written.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Parts">The body, in pieces that follow each other: what is kept is not copied for each request.</param>
internal sealed record Reply(int Status, params ReadOnlyMemory<byte>[] Parts)
{
    /// <summary>Null where there is no body.</summary>
    public string? ContentType { get; init; } = "application/json";

    /// <summary>Headers of this answer alone.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Bytes of the body.</summary>
    public long Length => Parts.Sum(static part => (long)part.Length);

    public static Reply Json<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static Reply Error(Refusal why) =>
        Json(why.Status, new ServiceError { Error = new ServiceFault(why.Code, why.Message) }, ContractJson.Default.ServiceError) with
        {
            Headers = why.Status == 503 ? [("Retry-After", "1")] : [],
        };

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (ContentType is null)
        {
            return;
        }

        response.ContentType = ContentType;
        response.ContentLength = Length;
        foreach (var part in Parts)
        {
            response.BodyWriter.Write(part.Span);
        }

        await response.BodyWriter.FlushAsync().ConfigureAwait(false);
    }
}
