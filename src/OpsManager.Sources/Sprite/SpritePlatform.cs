using System.Net.Http.Headers;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// The platform that sprites run on: it says whether one sleeps, and asking it wakes nothing (docs/service.md, "Hibernation").
/// </summary>
/// <param name="api">Ends with a slash.</param>
/// <param name="name">Of the sprite, as the platform knows it.</param>
/// <param name="token">Gives null where there is none.</param>
public sealed class SpritePlatform(HttpClient http, Uri api, string name, Func<string?> token, TimeProvider time, TimeSpan timeout)
{
    private const int MaxBytes = 256 * 1024;

    /// <returns>What it says; a fault where it does not answer as it should, and then nothing is known.</returns>
    public async Task<(PowerState Warmth, string? Fault)> AskAsync(CancellationToken cancel)
    {
        var url = new Uri(api, $"v1/sprites/{Uri.EscapeDataString(name)}");
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (token() is { } secret)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            }

            using var response =
                await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if ((int)response.StatusCode != 200)
            {
                return (PowerState.Unknown, $"{url} answered {(int)response.StatusCode}");
            }

            using var stream = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            var body = new byte[MaxBytes];
            var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, either.Token).ConfigureAwait(false);
            var word = EnvelopeReader.Parse(body.AsMemory(0, length), url.ToString()) is { ValueKind: JsonValueKind.Object } root
                ? root.Word("status")
                : null;
            return WarmthWords.Parse(word) is not PowerState.Unknown and var warmth
                ? (warmth, null)
                : (PowerState.Unknown, $"{url} calls its status \"{word}\"");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or ContractException
            || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return (PowerState.Unknown, $"{url} cannot be asked: {error.Message}");
        }
    }
}
