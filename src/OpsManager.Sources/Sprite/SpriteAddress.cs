namespace OpsManager.Sources.Sprite;

/// <summary>Where a sprite's service is, and what it has to be shown. Tokens are asked for at each request and never told.</summary>
/// <param name="Url">Ends with a slash; holds no user, query or fragment.</param>
/// <param name="SpriteToken">For the sprite's URL, in <c>Authorization</c>; gives null where it wants none.</param>
/// <param name="ServiceToken">For the service, in <c>X-Ops-Token</c>; gives null where it wants none.</param>
public sealed record SpriteAddress(Uri Url, Func<string?> SpriteToken, Func<string?> ServiceToken)
{
    /// <summary>An address without tokens.</summary>
    public static SpriteAddress Open(Uri url) => new(url, static () => null, static () => null);

    /// <summary>Null where <paramref name="text"/> is no address that may be asked.</summary>
    public static Uri? Parse(string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { UserInfo: "", Query: "", Fragment: "" } ? url : null;
}
