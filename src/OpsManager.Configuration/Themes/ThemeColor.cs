namespace OpsManager.Configuration.Themes;

/// <summary>A colour as a theme file says it: a name, 24 bits, or neither, which is the terminal's own.</summary>
/// <param name="Name">One of <see cref="ColorNames"/>; null for another one.</param>
/// <param name="Rgb">0xRRGGBB; null for another one.</param>
public readonly record struct ThemeColor(string? Name, int? Rgb)
{
    /// <summary>The terminal's own.</summary>
    public static readonly ThemeColor None;
}
