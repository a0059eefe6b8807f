using OpsManager.Configuration.Files;
using OpsManager.Configuration.Yaml;

namespace OpsManager.Configuration.Keymaps;

/// <summary>Keymaps by name, shipped and the user's.</summary>
public sealed class KeymapCatalog(UserFiles user)
{
    private const string Kind = "keymaps";

    public Catalog Files { get; } = new(Kind, user);

    /// <exception cref="SettingsException">There is no such keymap, or its file or one that it builds on cannot be used.</exception>
    public Keymap Load(string name)
    {
        var file = Files.Find(name);
        var keymap = Read(file);
        return Catalog.Named(file, name, keymap.Name, keymap);
    }

    /// <summary>Reads a keymap file from anywhere, over the keymaps of this catalog.</summary>
    /// <exception cref="SettingsException">It cannot be used; the message names file and line.</exception>
    public Keymap Read(SettingsFile file) => Keymap.Read(file.File, file.Text, Base);

    /// <summary>A shipped keymap, whatever the user has.</summary>
    public static Keymap Shipped(string name)
    {
        var file = ShippedFiles.Read(Kind, name);
        return Keymap.Read(file.File, file.Text, static (_, wanted) => ShippedFiles.Find(Kind, wanted));
    }

    // Shipped keymaps build on shipped ones, so that none breaks by what a user does to another; and a user's file that has a
    // shipped name may build on the one it stands for.
    private SettingsFile? Base(SettingsFile asking, string name)
    {
        var shipped = ShippedFiles.Find(Kind, name);
        var own = ShippedFiles.Names(Kind).Any(known => ShippedFiles.Find(Kind, known) == asking) ? null : user.Find(Kind, name);
        return own is null || (own.File == asking.File && shipped is not null) ? shipped : own;
    }
}
