using OpsManager.Configuration.Themes;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Detail;

/// <summary>What each source says of a loop, and how old that is.</summary>
internal static class SourceRows
{
    private const int SourceWidth = 11;
    private const int AgeWidth = 6;

    public static void Add(RowsBuilder rows, RepoModel repo, LoopModel loop, AgeClock now)
    {
        if (repo.Sprite is { } sprite)
        {
            var heard = Ages.Short(sprite.GoodAt, now).PadLeft(AgeWidth - 1);
            rows.Wrapped(
                [new(" ", StyleRole.Text), new("sprite", StyleRole.Title, SourceWidth), new(heard, StyleRole.Muted, AgeWidth)],
                SpriteText.For(sprite), sprite.Fault is null ? StyleRole.Text : StyleRole.Warning);
        }

        foreach (var fact in SourceEvidence.All(repo, loop))
        {
            var age = Age(repo, loop, fact.Source, now).PadLeft(AgeWidth - 1);
            rows.Wrapped(
                [new(" ", StyleRole.Text), new(fact.Source, StyleRole.Title, SourceWidth), new(age, StyleRole.Muted, AgeWidth)], fact.Fact,
                StyleRole.Text);
        }
    }

    /// <summary>How old what a source says is, by the time that it states itself.</summary>
    private static string Age(RepoModel repo, LoopModel loop, string source, AgeClock now) => Ages.Short(
        source switch
        {
            "approval" => loop.Approval.Value is { } approval ? approval.DecidedAt ?? approval.RequestedAt : null,
            "active_run" => repo.ActiveRun.Value?.UpdatedAt,
            "process" => loop.Claim is { } claim ? claim.GoneSince : loop.Found?.GoneSince,
            "state" => repo.State.Value?.UpdatedAt,
            "events" => loop.Tally.Newest?.At,
            "summary" => loop.Summary.Value?.Last is not null ? loop.Summary.Value.UpdatedAt : null,
            "heartbeat" => loop.Heartbeat.Value?.Timestamp,
            _ => null,
        },
        now);
}
