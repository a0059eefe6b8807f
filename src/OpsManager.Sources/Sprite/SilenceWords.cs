using Polly.Timeout;

namespace OpsManager.Sources.Sprite;

/// <summary>Why no answer came, in words.</summary>
internal static class SilenceWords
{
    public static string For(Exception error) => error switch
    {
        TimeoutRejectedException late => $"no answer within {late.Timeout.TotalSeconds:0.#} s",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name is not known (DNS)",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            $"no trusted connection (TLS): {Inner(error)}",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "the answer was cut off",
        _ => Inner(error),
    };

    private static string Inner(Exception error) => (error.InnerException ?? error).Message;
}
