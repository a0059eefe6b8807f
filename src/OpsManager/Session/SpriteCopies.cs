using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Sources.Sprite;

namespace OpsManager.Session;

/// <summary>The copies of sprites in the state folder that this process holds, each once (docs/fleet.md, "Copies").</summary>
internal sealed class SpriteCopies(VerbContext context) : IDisposable
{
    /// <summary>The state folder's directory of copies.</summary>
    public const string Folder = "sprites";

    private readonly Dictionary<string, CopyFolder> held = new(StringComparer.Ordinal);

    /// <summary>Where the copy of a sprite is kept.</summary>
    /// <param name="name">A path below the state folder's sprites.</param>
    /// <exception cref="ContractException">There is no place for it.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    public string For(string name)
    {
        if (!held.TryGetValue(name, out var copy))
        {
            var folder = StateFolder.Find(context.Files, context.Environment)
                ?? throw new ContractException(
                    "sprite_unavailable", $"sprite {name}: there is no place for its copy; set HOME or XDG_STATE_HOME");
            held[name] = copy = CopyFolder.Claim(context.Files, context.Files.Path.Combine(folder, Folder, name));
        }

        return copy.Path;
    }

    public void Dispose()
    {
        foreach (var copy in held.Values)
        {
            copy.Dispose();
        }
    }
}
