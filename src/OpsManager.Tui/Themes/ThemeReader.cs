using System.Globalization;
using OpsManager.Tui.Settings;
using OpsManager.Tui.Terminal;
using Terminal.Gui.Drawing;
using YamlDotNet.RepresentationModel;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Themes;

/// <summary>
/// Reads a theme: <c>name</c>, and under <c>roles</c> a <c>fg</c>, <c>bg</c> and <c>style</c> for each role that differs from
/// <c>text</c>. A colour is "#rrggbb", one of the <see cref="NamedColor"/>, or "none", the terminal's own.
/// </summary>
public static class ThemeReader
{
    private static readonly Dictionary<string, StyleRole> Roles = Enum.GetValues<StyleRole>().ToDictionary(static role => Kebab.Of(role.ToString()), StringComparer.Ordinal);

    /// <exception cref="SettingsException">The file is no theme; the message names the line.</exception>
    public static Theme Read(string file, string text)
    {
        var root = SettingsYaml.Root(file, text);
        SettingsYaml.Only(file, root, "name", "roles");
        var name = SettingsYaml.Text(file, root, "name");
        var roles = SettingsYaml.Mapping(file, root, "roles");
        var basis = SettingsYaml.Find(roles, "text") is { } node
            ? Style(file, node, new Attribute(Color.None, Color.None))
            : throw SettingsYaml.Fault(file, roles, "the role \"text\" is missing: the others are built on it");
        var styles = new Dictionary<StyleRole, Attribute> { [StyleRole.Text] = basis };
        foreach (var (key, value) in roles.Children)
        {
            var word = SettingsYaml.Scalar(file, key);
            styles[Roles.TryGetValue(word, out var role) ? role : throw SettingsYaml.Fault(file, key, $"there is no role {SettingsYaml.Quote(word)}; {NearestName.Hint(word, Roles.Keys, "roles")}")] =
                Style(file, value, basis);
        }

        return new Theme(name, styles);
    }

    private static Attribute Style(string file, YamlNode node, Attribute basis)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw SettingsYaml.Fault(file, node, "a role must be a mapping of fg, bg and style");
        }

        var (foreground, background, style) = (basis.Foreground, basis.Background, TextStyle.None);
        foreach (var (key, value) in mapping.Children)
        {
            switch (SettingsYaml.Scalar(file, key))
            {
                case "fg":
                    foreground = ColorOf(file, value);
                    break;
                case "bg":
                    background = ColorOf(file, value);
                    break;
                case "style":
                    style = StyleOf(file, value);
                    break;
                case var other:
                    throw SettingsYaml.Fault(file, key, $"{SettingsYaml.Quote(other)} is none of fg, bg, style");
            }
        }

        return new Attribute(foreground, background, style);
    }

    private static Color ColorOf(string file, YamlNode node)
    {
        var text = SettingsYaml.Scalar(file, node);
        if (text == "none")
        {
            return Color.None;
        }

        if (NamedColor.Of(text) is { } named)
        {
            return named;
        }

        return text.Length == 7 && text[0] == '#' && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? new Color((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255)
            : throw SettingsYaml.Fault(file, node, $"{SettingsYaml.Quote(text)} is no colour; write \"#rrggbb\" in quotes, none, or one of {string.Join(", ", NamedColor.Names)}");
    }

    private static TextStyle StyleOf(string file, YamlNode node)
    {
        var style = TextStyle.None;
        foreach (var word in SettingsYaml.Scalar(file, node).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            style |= word switch
            {
                "bold" => TextStyle.Bold,
                "faint" => TextStyle.Faint,
                "italic" => TextStyle.Italic,
                "underline" => TextStyle.Underline,
                "reverse" => TextStyle.Reverse,
                _ => throw SettingsYaml.Fault(file, node, $"{SettingsYaml.Quote(word)} is no style; styles are bold, faint, italic, underline, reverse"),
            };
        }

        return style;
    }
}
