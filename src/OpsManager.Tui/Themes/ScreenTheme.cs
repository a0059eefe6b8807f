using OpsManager.Configuration.Themes;
using OpsManager.Tui.Terminal.Colour;
using Terminal.Gui.Drawing;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Themes;

/// <summary>A theme in the colours of the library, made once for each theme that is taken.</summary>
internal sealed class ScreenTheme(Theme theme)
{
    private readonly Attribute[] byRole = [.. Enum.GetValues<StyleRole>().Select(role => Read(theme[role]))];

    /// <summary>What it was made of.</summary>
    public Theme Source { get; } = theme;

    public Attribute this[StyleRole role] => byRole[(int)role];

    /// <summary>Whether any role has a colour; where none has, a text has none of its own either.</summary>
    private readonly bool hasColors = Enum.GetValues<StyleRole>()
        .Any(role => theme[role].Foreground != ThemeColor.None || theme[role].Background != ThemeColor.None);

    /// <summary>A role with the colours and the style that a text brings with it.</summary>
    public Attribute Inked(StyleRole role, ThemeColor foreground, ThemeColor background, TextStyles styles)
    {
        var basis = this[role];
        return new(
            hasColors && foreground != ThemeColor.None ? Read(foreground) : basis.Foreground,
            hasColors && background != ThemeColor.None ? Read(background) : basis.Background,
            basis.Style | Read(styles));
    }

    private static Attribute Read(RoleStyle style) => new(Read(style.Foreground), Read(style.Background), Read(style.Style));

    private static Color Read(ThemeColor color) => color switch
    {
        { Name: { } name } => NamedColor.Parse(name) ?? throw new InvalidOperationException($"\"{name}\" is not a named colour"),
        { Rgb: { } rgb } => new Color((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255),
        _ => Color.None,
    };

    private static TextStyle Read(TextStyles styles) =>
        (styles.HasFlag(TextStyles.Bold) ? TextStyle.Bold : TextStyle.None)
        | (styles.HasFlag(TextStyles.Faint) ? TextStyle.Faint : TextStyle.None)
        | (styles.HasFlag(TextStyles.Italic) ? TextStyle.Italic : TextStyle.None)
        | (styles.HasFlag(TextStyles.Underline) ? TextStyle.Underline : TextStyle.None)
        | (styles.HasFlag(TextStyles.Reverse) ? TextStyle.Reverse : TextStyle.None);
}
