using System.Security.Cryptography;
using System.Text;

namespace OpsManager.Sources.Sprite;

/// <summary>Where a sprite's service is, with its tokens. Tokens are read for each request, and no message has them.</summary>
/// <param name="Url">As <see cref="Parse"/> gives it: http or https, ending with a slash; or <c>unix:/PATH</c>, a socket of
/// this host.</param>
/// <param name="SpriteToken">For the sprite's URL, in <c>Authorization</c>; gives null where it wants none.</param>
/// <param name="ServiceToken">For the service, in <c>X-Ops-Token</c>; gives null where it wants none.</param>
public sealed record SpriteAddress(Uri Url, Func<string?> SpriteToken, Func<string?> ServiceToken)
{
    private const string UnixScheme = "unix";

    /// <summary>Path of the Unix socket; null where the service is reached over the network.</summary>
    public string? Socket => Url.Scheme == UnixScheme ? Url.OriginalString[(UnixScheme.Length + 1)..] : null;

    /// <summary>An address without tokens.</summary>
    public static SpriteAddress Open(Uri url) => new(url, static () => null, static () => null);

    /// <summary>Null where <paramref name="text"/> is no address that may be asked.</summary>
    public static Uri? Parse(string text)
    {
        if (text.StartsWith(UnixScheme + ":", StringComparison.OrdinalIgnoreCase))
        {
            return ParseSocket(text[(UnixScheme.Length + 1)..]);
        }

        return Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" && url is { UserInfo: "", Query: "", Fragment: "" }
            ? url
            : null;
    }

    /// <summary>Where a request for a path of the service goes.</summary>
    /// <param name="path">Without a slash at its start.</param>
    public Uri At(string path) => new(Socket is { } socket ? SocketUrl(socket) : Url, path);

    /// <summary>The same for messages.</summary>
    public string Show(string path) => Socket is null ? At(path).ToString() : $"{Url.OriginalString} /{path}";

    /// <summary>A host that does not exist, another for each socket: connections are kept by host, and must not be mixed up.</summary>
    private static Uri SocketUrl(string socket) =>
        new($"http://{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(socket)).AsSpan(0, 16))}.unix.invalid/");

    /// <summary>What a path of a socket may be: absolute, and without what an address ends at.</summary>
    private static Uri? ParseSocket(string path)
    {
        // unix:///PATH says the same as unix:/PATH.
        var trimmed = path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
        return trimmed.StartsWith('/') && !trimmed.StartsWith("//", StringComparison.Ordinal) && !trimmed.EndsWith('/')
            && Encoding.UTF8.GetByteCount(trimmed) <= UnixSocketHandler.MaxPathBytes && !trimmed.AsSpan().ContainsAny('?', '#', '@')
            && !trimmed.Any(char.IsControl) && Uri.TryCreate($"{UnixScheme}:{trimmed}", UriKind.Absolute, out var url)
            ? url
            : null;
    }
}
