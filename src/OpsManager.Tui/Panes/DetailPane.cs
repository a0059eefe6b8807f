using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Assessment;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;
using OpsManager.Tui.State;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Panes;

/// <summary>Why the headline says what it says: the rule, what each source says with its age, and every finding with its evidence.</summary>
public static class DetailPane
{
    private const int SourceWidth = 11;
    private const int AgeWidth = 6;

    public static PaneContent Compose(AppModel model, int width, int height)
    {
        if (model.Current is not { } loop)
        {
            return new PaneContent("WHY (3)", "", []);
        }

        var rows = RowsOf(model);
        var top = model.Ui.DetailTop;
        var note = rows.Count > top + height ? $"{rows.Count - top - height} more rows below" : "";
        return new PaneContent($"WHY (3)  {model.NameOf(loop)}", note, [.. rows.Skip(top).Take(height)]);
    }

    /// <summary>All rows of the pane, for as wide as they are.</summary>
    public static IReadOnlyList<Row> RowsOf(AppModel model)
    {
        var (repo, loop) = (model.CurrentRepo!, model.Current!);
        var now = model.NowIn(repo);
        var ruling = loop.Verdict.Ruling;
        var (glyph, word, role) = LifecycleLook.Of(ruling.Lifecycle);
        List<Row> rows =
        [
            Row.Of(new(" ", StyleRole.Text), new(glyph + " ", role), new(word, role), new($"  {ruling.Reason}", StyleRole.Text)),
            Row.Of(new(" ", StyleRole.Text), new(Summary(loop, ruling, now), StyleRole.Muted)),
        ];
        foreach (var fact in Facts.All(repo, loop))
        {
            rows.Add(Row.Of(
                new(" ", StyleRole.Text),
                new(fact.Source, StyleRole.Title, SourceWidth),
                new(Age(repo, loop, fact.Source, now).PadLeft(AgeWidth - 1), StyleRole.Muted, AgeWidth),
                new(fact.Fact, StyleRole.Text)));
        }

        foreach (var finding in loop.Verdict.Findings)
        {
            var (mark, severity) = LifecycleLook.Of(finding.Severity);
            rows.Add(Row.Of(new(" ", StyleRole.Text), new($"{mark} {finding.Code}", severity), new($"  {Evidence(finding)}", StyleRole.Text)));
        }

        return rows;
    }

    private static string Summary(LoopModel loop, Ruling ruling, DateTimeOffset now)
    {
        var since = ruling.Since is { } at ? $" · for {Ages.Short(now - at)}" : "";
        var disagrees = loop.Projected.Status == ruling.Lifecycle ? "" : " (they differ)";
        return $"confidence {ruling.Confidence.ToString().ToLowerInvariant()}{since} · contract status {loop.Projected.Status.Word()}{disagrees} · health {LifecycleLook.Of(loop.Health.Status).Word}{Codes(loop)}";
    }

    private static string Codes(LoopModel loop) => loop.Health.Codes.Count == 0 ? "" : $" ({string.Join(", ", loop.Health.Codes)})";

    private static string Evidence(FindingRecord finding) =>
        string.Join("; ", finding.Evidence.Select(static evidence => evidence.Path is null ? evidence.Fact : $"{evidence.Path}{Line(evidence)}: {evidence.Fact}"));

    private static string Line(EvidenceRecord evidence) => evidence.Line is { } line ? $":{line}" : "";

    /// <summary>How old what a source says is, by the time that it states itself.</summary>
    private static string Age(RepoModel repo, LoopModel loop, string source, DateTimeOffset now) => Ages.Short(
        source switch
        {
            "approval" => loop.Approval.Value is { } approval ? approval.DecidedAt ?? approval.RequestedAt : null,
            "active_run" => repo.ActiveRun.Value?.UpdatedAt,
            "process" => loop.Claim?.GoneSince,
            "state" => repo.State.Value?.UpdatedAt,
            "events" => loop.Tally.Newest?.At,
            "summary" => loop.Summary.Value?.Last is not null ? loop.Summary.Value.UpdatedAt : null,
            "heartbeat" => loop.Heartbeat.Value?.Timestamp,
            _ => null,
        },
        now);
}
