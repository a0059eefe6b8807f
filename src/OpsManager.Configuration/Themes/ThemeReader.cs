using System.Globalization;
using OpsManager.Configuration.Yaml;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Themes;

/// <summary>
/// Reads a theme: <c>name</c>, and under <c>roles</c> a <c>fg</c>, <c>bg</c> and <c>style</c> for each role that differs from
/// <c>text</c>. A colour is "#rrggbb", one of the <see cref="ColorNames"/>, or "none", the terminal's own.
/// </summary>
internal static class ThemeReader
{
    private static readonly Dictionary<string, StyleRole> Roles = Enum
        .GetValues<StyleRole>()
        .ToDictionary(static role => Kebab.From(role.ToString()), StringComparer.Ordinal);

    /// <exception cref="SettingsException">The file is no theme; the message names the line.</exception>
    public static Theme Read(string file, string text)
    {
        var root = SettingsYaml.Root(file, text);
        SettingsYaml.Only(file, root, "name", "roles");
        var name = SettingsYaml.Text(file, root, "name");
        var roles = SettingsYaml.Mapping(file, root, "roles");
        var basis = SettingsYaml.Find(roles, "text") is { } node
            ? Style(file, node, new RoleStyle(ThemeColor.None, ThemeColor.None))
            : throw SettingsYaml.Fault(file, roles, "the role \"text\" is missing: the others are built on it");
        var styles = new Dictionary<StyleRole, RoleStyle> { [StyleRole.Text] = basis };
        foreach (var (key, value) in roles.Children)
        {
            var word = SettingsYaml.Scalar(file, key);
            styles[Roles.TryGetValue(word, out var role)
                ? role
                : throw SettingsYaml.Fault(
                    file, key, $"there is no role {SettingsYaml.Quote(word)}; {NearestName.Hint(word, Roles.Keys, "roles")}")] =
                Style(file, value, basis);
        }

        return new Theme(name, styles);
    }

    private static RoleStyle Style(string file, YamlNode node, RoleStyle basis)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw SettingsYaml.Fault(file, node, "a role must be a mapping of fg, bg and style");
        }

        var (foreground, background, style) = (basis.Foreground, basis.Background, TextStyles.None);
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

        return new RoleStyle(foreground, background, style);
    }

    private static ThemeColor ColorOf(string file, YamlNode node)
    {
        var text = SettingsYaml.Scalar(file, node);
        if (text == "none")
        {
            return ThemeColor.None;
        }

        if (ColorNames.All.Contains(text))
        {
            return new ThemeColor(text, null);
        }

        return text.Length == 7
            && text[0] == '#'
            && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? new ThemeColor(null, rgb)
            : throw SettingsYaml.Fault(
                file, node,
                $"{SettingsYaml.Quote(text)} is no colour; write \"#rrggbb\" in quotes, none, or one of "
                    + $"{string.Join(", ", ColorNames.All)}");
    }

    private static TextStyles StyleOf(string file, YamlNode node)
    {
        var style = TextStyles.None;
        foreach (var word in SettingsYaml.Scalar(file, node).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            style |= word switch
            {
                "bold" => TextStyles.Bold,
                "faint" => TextStyles.Faint,
                "italic" => TextStyles.Italic,
                "underline" => TextStyles.Underline,
                "reverse" => TextStyles.Reverse,
                _ => throw SettingsYaml.Fault(
                    file, node, $"{SettingsYaml.Quote(word)} is no style; styles are bold, faint, italic, underline, reverse"),
            };
        }

        return style;
    }
}
