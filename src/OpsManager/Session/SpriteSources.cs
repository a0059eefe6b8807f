using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Tui.Settings;

namespace OpsManager.Session;

/// <summary>Makes the source of a sprite, by how it is reached.</summary>
public sealed class SpriteSources(IFileSystem files, FollowOptions options)
{
    /// <exception cref="ContractException">It is reached in a way that is not there yet.</exception>
    public ISource Open(SpriteConfig sprite) => sprite is { Path: { } path, Url: null, Pull.Count: 0 }
        ? LocalSource.Open(files, path, options)
        : throw new ContractException("sprite_unavailable", $"sprite {sprite.Name}: \"{(sprite.Url is null ? "pull" : "url")}\" is not available in this version");
}
