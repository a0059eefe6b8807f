using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Sources;
using OpsManager.Sources.Sprite;

namespace OpsManager.Session;

/// <summary>
/// A sprite that one verb reaches by the address of its service. Where config.yaml has a sprite with that address, it is that
/// one.
/// </summary>
internal sealed class ReachedSprite : IDisposable
{
    private readonly HttpClient http = SpriteHttp.NewClient();
    private readonly SpriteCopies copies;

    /// <param name="options">How it is asked; null for the default.</param>
    /// <exception cref="Contract.ContractException">There is no place for its copy.</exception>
    /// <exception cref="IOException">The copy cannot be made.</exception>
    public ReachedSprite(VerbContext context, SpriteAddress address, string traceId, SpriteOptions? options = null)
    {
        copies = new SpriteCopies(context);
        Service = new SpriteHttp(http, address, traceId, SteadyTime.For(context.Time), options ?? SpriteOptions.Default);
        Name = NameOf(context, address.Url);
        Copy = copies.For(Name);
    }

    public string Name { get; }

    public SpriteHttp Service { get; }

    /// <summary>Where its copy is kept, laid out as a repository is; what the manager keeps of it is there too.</summary>
    public string Copy { get; }

    public void Dispose()
    {
        copies.Dispose();
        http.Dispose();
    }

    private static string NameOf(VerbContext context, Uri url) =>
        UserSettings.Create(context.Files, context.Environment).Config.Fleet.Sprites.FirstOrDefault(
            sprite => sprite.Url is { } known && SpriteAddress.Parse(known.OriginalString) == url)?.Name
        // No sprite has such a name.
        ?? $"@{Place(url)}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url.AbsoluteUri)).AsSpan(0, 4))}";

    private static string Place(Uri url) =>
        url.Scheme == "unix" ? "unix" : string.Create(CultureInfo.InvariantCulture, $"{url.Host.Replace(':', '-')}_{url.Port}");
}
