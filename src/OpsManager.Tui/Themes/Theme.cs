using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Themes;

/// <summary>How each role looks.</summary>
public sealed class Theme(string name, IReadOnlyDictionary<StyleRole, Attribute> styles)
{
    private readonly Attribute[] byRole = [.. Enum.GetValues<StyleRole>().Select(role => styles.TryGetValue(role, out var style) ? style : styles[StyleRole.Text])];

    public string Name { get; } = name;

    public Attribute this[StyleRole role] => byRole[(int)role];
}
