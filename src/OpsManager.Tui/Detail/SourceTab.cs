using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Sprite;
using OpsManager.Tui.Content;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Detail;

/// <summary>What is known of a source that is chosen itself: nothing can be said of its runs.</summary>
internal static class SourceTab
{
    public static IReadOnlyList<Row> Rows(Watched watched, Keymap keymap, RepoModel source, int width)
    {
        var standing = watched.StandingOf(source);
        var (glyph, role) = SourceRow.Style(standing.Condition);
        var rows = new RowsBuilder(width);
        rows.Next(NextSteps.Text(NextSteps.Of(watched, source), keymap));
        rows.Wrapped(
            [new(" ", StyleRole.Text), new(glyph + " ", role)],
            standing.Condition == SourceCondition.Read && !source.Loops.IsEmpty
                ? $"{Numbers.Count(source.Loops.Count, "loop", "loops")}: choose one in the list to see it"
                : Sentence(standing, watched.NowIn(source)),
            role);
        if (SourceRow.Text(watched, keymap, source, standing with { Fault = null }) is { Length: > 0 } text)
        {
            rows.Note(text);
        }

        if (source.Sprite?.Progress is { } progress)
        {
            rows.Note(progress);
        }

        if (standing.Fault is { } fault)
        {
            rows.Field("error", fault, StyleRole.Error);
        }

        if (source.Sprite is { ConnectionMode: not ConnectionMode.Unknown } sprite)
        {
            rows.Field("sprite", SpriteText.For(sprite with { Fault = null }));
        }

        if ((source.Sprite is { } asked ? asked.RepoPath : watched.Sprites.ContainsKey(source.Path) ? null : source.Path) is { } path)
        {
            rows.Field("path", path);
        }

        return rows.Rows;
    }

    private static string Sentence(SourceStanding standing, AgeClock now) => standing.Condition switch
    {
        SourceCondition.Asleep => $"asleep{Since(standing, now)}: it is not read, so the state of its runs is unknown",
        SourceCondition.Unreachable => $"unreachable{Since(standing, now)}: the state of its runs is unknown",
        SourceCondition.NotRead => "not read yet: the state of its runs is unknown",
        _ => "read: there are no loops yet",
    };

    private static string Since(SourceStanding standing, AgeClock now) =>
        standing.Since is { } since ? $" since {SpriteText.Moment(since, now)}" : "";
}
