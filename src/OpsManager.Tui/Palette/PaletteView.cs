using System.Drawing;
using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Palette;

/// <summary>The choices over the line that is being typed, the best one first.</summary>
internal static class PaletteView
{
    private const int MaxRows = 12;
    private const int NameWidth = 34;
    private const int KeysWidth = 14;

    /// <summary>Where the choices are; null where there is no room.</summary>
    public static Rectangle? Area(Size screen, int count)
    {
        var height = Math.Min(Math.Min(count, MaxRows) + 2, screen.Height - 2);
        return height < 3 ? null : new Rectangle(0, screen.Height - 1 - height, screen.Width, height);
    }

    public static PaneContent Compose(PromptState prompt, IReadOnlyList<Choice> choices, Rectangle area)
    {
        var height = area.Height - 2;
        var chosen = Math.Clamp(prompt.Choice, 0, choices.Count - 1);
        var top = Math.Clamp(chosen - (height / 2), 0, Math.Max(0, choices.Count - height));
        var title = prompt.Kind == PromptKind.Palette ? "PALETTE" : "FILTER";
        // A reason that its column has no room for stands whole under the list.
        var note = choices[chosen].WhyNot ?? $"{chosen + 1} of {choices.Count}";
        // What has two words has no key.
        var keys = prompt.Kind == PromptKind.Palette && prompt.Text.TrimStart().Contains(' ', StringComparison.Ordinal) ? 1 : KeysWidth;
        return new PaneContent(title, note, [.. choices.Skip(top).Take(height).Select(choice => RowOf(choice, keys))], chosen - top);
    }

    private static Row RowOf(Choice choice, int keys) => Row.From(
        new(" ", StyleRole.Text),
        new(choice.Text, choice.WhyNot is null ? StyleRole.Text : StyleRole.Muted, NameWidth),
        new(choice.Keys, StyleRole.TitleFocused, keys),
        new(choice.WhyNot is { } reason ? $"unavailable: {reason}" : choice.Detail, StyleRole.Muted));
}
