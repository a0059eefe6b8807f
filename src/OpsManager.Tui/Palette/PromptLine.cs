using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Palette;

/// <summary>The line that is being typed, in the place of the hints.</summary>
internal static class PromptLine
{
    /// <param name="note">What is said of the line, at its right.</param>
    public static (Row Left, Row Right) Compose(PromptState prompt, Span note, int width)
    {
        var room = Math.Max(8, width - CellText.Width(note.Text) - 3);
        var (before, under, after) = (prompt.Text[..prompt.Cursor], prompt.Text[prompt.Cursor..] is { Length: > 0 } rest ? rest : " ", "");
        foreach (var grapheme in CellText.Graphemes(under))
        {
            (under, after) = (grapheme.Text.ToString(), under[grapheme.Text.Length..]);
            break;
        }

        // The end of a long line is what is being typed.
        var hidden = CellText.Width(before) + CellText.Width(under) - room;
        before = hidden > 0 ? CellText.Skip(before, hidden) : before;
        return (
            Row.From(
                new(Sign(prompt.Kind), StyleRole.Key),
                new(before, StyleRole.Prompt),
                new(under, StyleRole.Selected),
                new(after, StyleRole.Prompt)),
            Row.From(note));
    }

    private static string Sign(PromptKind kind) => kind switch
    {
        PromptKind.Filter or PromptKind.Runs or PromptKind.Search or PromptKind.Help => "/",
        PromptKind.Note => "note: ",
        PromptKind.Acknowledge => "note: ",
        PromptKind.Stage or PromptKind.Rearm => "reason: ",
        _ => ":",
    };
}
