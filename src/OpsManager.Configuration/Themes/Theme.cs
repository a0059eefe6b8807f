namespace OpsManager.Configuration.Themes;

/// <summary>How each role looks.</summary>
public sealed class Theme(string name, IReadOnlyDictionary<StyleRole, RoleStyle> styles)
{
    private readonly RoleStyle[] byRole = [
        .. Enum.GetValues<StyleRole>().Select(role => styles.TryGetValue(role, out var style) ? style : styles[StyleRole.Text])
    ];

    public string Name { get; } = name;

    public RoleStyle this[StyleRole role] => byRole[(int)role];
}
