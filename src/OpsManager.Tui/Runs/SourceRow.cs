using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>A repository or sprite in the run list that is no run: asleep, unreachable, not read yet, or without loops.</summary>
internal static class SourceRow
{
    private const int WordWidth = 13;
    private const int AgeWidth = 5;

    /// <summary>Its state and since when.</summary>
    public static Row Create(Watched watched, RepoModel source, SourceStanding standing, int width)
    {
        var (glyph, role) = Style(standing.Condition);
        var look = watched.Sprites.GetValueOrDefault(source.Path);
        var word = standing.Condition == SourceCondition.Read ? "no loops yet" : standing.Word;
        var age = Ages.Short(standing.Since, watched.NowIn(source)).PadLeft(AgeWidth - 1);
        var name = SafeText.Clean(watched.NameOf(source.Path));
        var room = Math.Max(4, width - 4 - WordWidth - AgeWidth);
        return Row.From(
            new(" ", StyleRole.Text), new(glyph, role), new(" ", StyleRole.Text),
            new(CellText.Truncate(name, room), StyleRole.Text, room) { Color = look?.Color },
            new(" ", StyleRole.Text), new(word, role, WordWidth), new(age, StyleRole.Muted));
    }

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
        SourceCondition.Read => ("-", StyleRole.Idle),
        _ => ("~", StyleRole.Unknown),
    };

    /// <summary>The key that wakes it or tries again; null where it is tried by itself.</summary>
    private static string? Key(Keymap keymap, RepoModel source, SourceStanding standing) =>
        source.Sprite is not null
            && keymap.KeysOf(ActionId.Wake) is [var key, ..]
            && standing.Condition is SourceCondition.Asleep or SourceCondition.Unreachable
            ? $"{key} {(standing.Condition == SourceCondition.Asleep ? "wakes it" : "tries again")}"
            : null;

    private static string? Heard(Watched watched, RepoModel source) =>
        source.Sprite is { } sprite ? SpriteText.Heard(sprite, watched.NowIn(source)) : null;

    private static string? Loops(RepoModel source) => source.Loops.IsEmpty ? null : Numbers.Count(source.Loops.Count, "loop", "loops");

    private static string? Labels(Watched watched, RepoModel source) =>
        watched.Sprites.GetValueOrDefault(source.Path) is { Labels.Count: > 0 } look ? string.Join(' ', look.Labels) : null;
}
