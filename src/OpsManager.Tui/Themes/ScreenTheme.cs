using OpsManager.Configuration.Themes;
using OpsManager.Tui.Terminal.Colour;
using Terminal.Gui.Drawing;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Themes;

/// <summary>A theme in the colours of the library, made once for each theme that is taken.</summary>
internal sealed class ScreenTheme
{
    private readonly Attribute[] byRole;
    private readonly Attribute[] onSelected;
    private readonly Attribute[] onUnfocused;

    public ScreenTheme(Theme theme)
    {
        Source = theme;
        hasColors = Enum.GetValues<StyleRole>()
            .Any(role => theme[role].Foreground != ThemeColor.None || theme[role].Background != ThemeColor.None);
        byRole = [.. Enum.GetValues<StyleRole>().Select(role => Read(theme[role]))];
        onSelected = [.. Enum.GetValues<StyleRole>().Select(role => Highlighted(role, StyleRole.Selected))];
        onUnfocused = [.. Enum.GetValues<StyleRole>().Select(role => Highlighted(role, StyleRole.SelectedUnfocused))];
    }

    /// <summary>What it was made of.</summary>
    public Theme Source { get; }

    public Attribute this[StyleRole role] => byRole[(int)role];

    /// <summary>A role in a row that is chosen: what calls keeps its colour, and the row its background.</summary>
    /// <param name="highlight">That of the row.</param>
    public Attribute On(StyleRole role, StyleRole highlight) => highlight switch
    {
        StyleRole.Selected => onSelected[(int)role],
        StyleRole.SelectedUnfocused => onUnfocused[(int)role],
        _ => this[highlight],
    };

    private Attribute Highlighted(StyleRole role, StyleRole highlight)
    {
        var (own, row) = (this[role], this[highlight]);
        if (!Calls(role))
        {
            return row;
        }

        // A word on a background of its own is seen in any row.
        if (own.Background != this[StyleRole.Text].Background)
        {
            return own;
        }

        // In a row that is reversed, what is reversed by itself stands out as it is.
        var reversed = (own.Style ^ row.Style) & TextStyle.Reverse;
        var style = ((own.Style | row.Style) & ~TextStyle.Reverse) | reversed;
        var isReadable = own.Foreground == Color.None || ColorContrast.Between(own.Foreground, row.Background) >= ColorContrast.Readable;
        return new Attribute(isReadable ? own.Foreground : row.Foreground, row.Background, style);
    }

    /// <summary>Whether a role says where something stands: all others are quiet where they are chosen.</summary>
    private static bool Calls(StyleRole role) =>
        role is (>= StyleRole.Running and <= StyleRole.Complete) or StyleRole.Unknown
            or (>= StyleRole.Error and <= StyleRole.Ok) or StyleRole.Problem or StyleRole.Match;

    /// <summary>Whether any role has a colour; where none has, a text has none of its own either.</summary>
    private readonly bool hasColors;

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
