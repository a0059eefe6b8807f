using System.Net;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;

namespace OpsManager.Sources.Service;

/// <summary>Asks a sprite's service for snapshots (docs/contract.md, "Controls and the service").</summary>
/// <param name="http">Follows no redirect.</param>
/// <param name="token">Null where the service wants none. It travels in a header and is never told.</param>
/// <param name="timeout">Of one request, its answer included.</param>
public sealed class SnapshotClient(HttpClient http, Uri baseUrl, string? token, TimeSpan timeout)
{
    /// <summary>Longest answer that is read, in bytes.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <exception cref="ContractException">The service cannot be reached, refuses, or answers with something that is no snapshot of the loop.</exception>
    public async Task<SnapshotEnvelope> GetAsync(string loop, CancellationToken cancel)
    {
        var url = new Uri(baseUrl, $"ops/snapshot?loopId={Uri.EscapeDataString(loop)}");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (token is not null)
            {
                request.Headers.Add("X-Ops-Token", token);
            }

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new ContractException(FailureCodes.ServiceRequestFailed, $"{url} answered {(int)response.StatusCode}");
            }

            var body = await ReadAsync(response, limit.Token).ConfigureAwait(false)
                ?? throw new ContractException(FailureCodes.ServiceResponseInvalid, $"the answer of {url} is larger than {MaxBytes / (1024 * 1024)} MiB");
            return EnvelopeReader.Snapshot(body, url.ToString(), loop);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ContractException(FailureCodes.ServiceRequestFailed, $"{url} cannot be reached: {error.Message}", error);
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        using var stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancel).ConfigureAwait(false) is > 0 and var read)
        {
            if (body.Length + read > MaxBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
