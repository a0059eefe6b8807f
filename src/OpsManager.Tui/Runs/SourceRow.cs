using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>A repository or sprite in the run list that is no run: asleep, unreachable, not read yet, or without loops.</summary>
internal static class SourceRow
{
    /// <summary>Its state and since when, in the columns of the runs.</summary>
    public static Row Create(Watched watched, RunRow row, SourceStanding standing, RunWidths widths)
    {
        var (glyph, role) = Style(standing.Condition);
        var look = watched.Sprites.GetValueOrDefault(row.Repo.Path);
        var age = Ages.Short(standing.Since, watched.NowIn(row.Repo)).PadLeft(RunColumns.AgeWidth);
        var word = RunText.State(standing);
        // It has no alert of its own: a word that is long may reach there.
        var room = widths.State + (widths.HasAlerts ? 2 : 0);
        var name = Math.Max(4, widths.Name - Math.Max(0, word.Length - room));
        return Row.From(
            new(FoldMark(row), StyleRole.Muted), new(glyph, role), new(" ", StyleRole.Text),
            new(RunText.Name(watched, row, name), StyleRole.Text, name) { Color = look?.Color },
            new(" ", StyleRole.Text), new(word, role, Math.Max(word.Length, room)), new(age, StyleRole.Muted));
    }

    /// <summary>Whether the runs of a group are shown under it.</summary>
    public static string FoldMark(RunRow row) => !row.IsGroup ? " " : row.IsFolded ? "▸" : "▾";

    /// <summary>The key that helps first, then the error, then what else is known: in a narrow pane the end is cut off.</summary>
    public static Row Note(Watched watched, Keymap keymap, RepoModel source, SourceStanding standing, int width) => Row.From(
        new("     ", StyleRole.Text),
        new(
            SafeText.Clean(Text(watched, keymap, source, standing)), standing.Fault is null ? StyleRole.Muted : StyleRole.Error,
            Math.Max(0, width - 5)));

    /// <summary>What is said of a source besides its name and state.</summary>
    public static string Text(Watched watched, Keymap keymap, RepoModel source, SourceStanding standing)
    {
        string?[] parts = [Key(keymap, source, standing), standing.Fault, Heard(watched, source), Loops(source), Labels(watched, source)];
        return string.Join(" · ", parts.OfType<string>());
    }

    public static (string Glyph, StyleRole Role) Style(SourceCondition condition) => condition switch
    {
        SourceCondition.Unreachable => ("!", StyleRole.Error),
        SourceCondition.Read => ("o", StyleRole.Idle),
        _ => ("~", StyleRole.Unknown),
    };

    /// <summary>The key that wakes it or tries again; null where it is tried by itself.</summary>
    private static string? Key(Keymap keymap, RepoModel source, SourceStanding standing) =>
        source.Sprite is not null
            && keymap.KeysOf(ActionId.Wake) is [var key, ..]
            && standing.Condition is SourceCondition.Asleep or SourceCondition.Unreachable
            ? $"{key} {(standing.Condition == SourceCondition.Asleep ? "wakes it" : "retries now")}"
            : null;

    private static string? Heard(Watched watched, RepoModel source) =>
        source.Sprite is { } sprite ? SpriteText.Heard(sprite, watched.NowIn(source)) : null;

    private static string? Loops(RepoModel source) => source.Loops.IsEmpty ? null : Numbers.Count(source.Loops.Count, "loop", "loops");

    private static string? Labels(Watched watched, RepoModel source) =>
        watched.Sprites.GetValueOrDefault(source.Path) is { Labels.Count: > 0 } look ? string.Join(' ', look.Labels) : null;
}
