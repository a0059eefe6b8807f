using Microsoft.AspNetCore.Http;
using OpsManager.Contract.Service;
using OpsManager.Service.Host;
using OpsManager.Service.Http;

namespace OpsManager.Service.Endpoints;

/// <summary>Reads the body of a request to its end.</summary>
internal static class RequestBody
{
    /// <exception cref="Refusal">413: it is too large.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Call call)
    {
        try
        {
            using var body = new MemoryStream();
            await call.Request.Body.CopyToAsync(body, call.Gone).ConfigureAwait(false);
            return body.ToArray();
        }
        catch (BadHttpRequestException error) when (error.StatusCode == 413)
        {
            throw new Refusal(413, ServiceCodes.TooLarge, $"the body is larger than {OpsService.MaxBodyBytes} bytes");
        }
    }
}
