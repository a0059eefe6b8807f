using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Notify;
using OpsManager.Configuration.Themes;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Detail;

/// <summary>
/// What is to be done next, and why the headline says what it says: the rule, what each source says and how old that is, every alert
/// with its evidence, and the explained findings with what explains them.
/// </summary>
internal static class WhyTab
{
    public static IReadOnlyList<Row> Rows(Watched watched, Keymap keymap, RepoModel repo, LoopModel loop, int width)
    {
        var now = watched.NowIn(repo);
        var ruling = loop.Verdict.Ruling;
        var (glyph, word, role) = LifecycleStyle.For(ruling);
        var rows = new RowsBuilder(width);
        rows.Next(NextSteps.Text(NextSteps.Of(watched, loop), keymap));
        rows.Wrapped([new(" ", StyleRole.Text), new(glyph + " ", role), new(word + "  ", role)], ruling.Reason, StyleRole.Text);
        rows.Wrapped([new(" ", StyleRole.Text)], Summary(loop, ruling, now), StyleRole.Muted);
        if (repo.Replay is null && Sending.WhyNot(watched, loop) is { } why)
        {
            rows.Wrapped([new(" ", StyleRole.Text), new("cannot send  ", StyleRole.Warning)], why, StyleRole.Warning, indent: 3);
        }

        SourceRows.Add(rows, repo, loop, now);
        foreach (var alert in loop.Verdict.Alerts)
        {
            var (mark, severity) = LifecycleStyle.For(alert.Severity);
            Span[] head = [new(" ", StyleRole.Text), new($"{mark} ", severity), new($"{alert.Code}  ", severity)];
            rows.Wrapped(head, Evidence(alert), StyleRole.Text, indent: 3);
        }

        foreach (var finding in loop.Verdict.Findings.Where(static finding => finding.ExplainedBy is not null))
        {
            var explained = $"explained: {ExplanationCodes.Sentence(finding.ExplainedBy!)}. {Evidence(finding)}";
            rows.Wrapped([new("   ", StyleRole.Muted), new($"{finding.Code}  ", StyleRole.Muted)], explained, StyleRole.Muted, indent: 3);
        }

        return rows.Rows;
    }

    private static string Summary(LoopModel loop, Ruling ruling, AgeClock now)
    {
        var since = ruling.Since is { } at ? $" · for {Ages.Short(at, now)}" : "";
        var status = loop.Projected.Status.Word();
        var agrees = loop.Projected.Status == ruling.Lifecycle;
        return $"confidence {ruling.Confidence.ToString().ToLowerInvariant()}{since} · contract status "
            + $"{(agrees ? status : $"says {status}, not {ruling.Lifecycle.Word()}")} · health "
            + $"{LifecycleStyle.For(loop.Health.Status).Word}{Codes(loop)}";
    }

    private static string Evidence(FindingRecord finding) => string.Join("; ", finding.Evidence.Select(EvidenceText.For));

    private static string Codes(LoopModel loop) => loop.Health.Codes.Count == 0 ? ""
        : $" ({string.Join(", ", loop.Health.Codes)}{(loop.ShownHealth.SaysTheSameAs(loop.Health) ? "" : "; explained")})";
}
