using System.Globalization;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract;
using OpsManager.Contract.Text;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>The run list: runs of one repository together, what needs somebody first.</summary>
internal static class RunsView
{
    private const int IterationWidth = 6;
    private const int RoleWidth = 12;
    private const int WordWidth = 8;
    private const int AgeWidth = 5;
    private const int LagWidth = 6;
    private const int EventWidth = 22;

    public static PaneContent Compose(Watched watched, Keymap keymap, RunsState state, RunLists lists, int width, int height)
    {
        var selected = lists.Chosen(state.Selected) is { } key ? lists.RowOf(key) : -1;
        var top = state.Top;
        var list = lists.Rows;
        var rows = new List<Row>(height);
        for (var i = top; i < Math.Min(list.Count, top + height); i++)
        {
            rows.Add(RowOf(watched, keymap, list[i], width));
        }

        if (list.Count == 0)
        {
            rows.Add(Empty(watched, lists));
        }

        var filter = Filter(state, lists, width);
        var sort = state.Sort == RunSort.Urgency ? "" : $"by {state.Sort.ToString().ToLowerInvariant()}";
        var count = Numbers.Count(lists.Shown.Count, "run", "runs");
        var note = filter.Length > 0 ? sort : sort.Length > 0 ? $"{sort} · {count}" : count;
        return new PaneContent($"RUNS (1){filter}", note, rows, selected < 0 ? -1 : selected - top)
        {
            Heading = IsWide(width) ? [Columns(width)] : [],
        };
    }

    /// <summary>What was typed, and how many runs it leaves; empty where nothing was.</summary>
    private static string Filter(RunsState state, RunLists lists, int width) => state.Filter.Length == 0 ? ""
        : $" /{CellText.Truncate(state.Filter, Math.Max(8, width - 32))}/"
            + $" {Numbers.Whole(lists.Shown.Count)} of {Numbers.Whole(lists.All.Count)}";

    /// <summary>The codes behind a health are shown where there is room for them.</summary>
    private static int HealthWidth(int width) => width >= 140 ? 40 : 10;

    private static bool IsWide(int width) => width >= 90;

    private static Row Empty(Watched watched, RunLists lists) => lists.All.Count > 0
        ? Row.From(new Span(" no run matches the filter", StyleRole.Muted))
        : watched is { IsFleet: true, Sprites.Count: 0 } ? Row.From(
            new Span(" config.yaml has no sprite that can be watched", StyleRole.Muted))
        : Row.From(new Span(watched.Header.Read == 0 ? " not read yet" : $" {NoLoops(watched)}", StyleRole.Muted));

    /// <summary>Of a repository that was read: it has no loops, or has them no more.</summary>
    private static string NoLoops(Watched watched) => watched.Fleet.Repos.Values.Any(static repo => !repo.Departed.IsEmpty)
        ? "the directories of all loops were removed"
        : watched.Replay is not null ? "no loops yet at this moment"
        : "No loops in this repository yet.";

    private static Row RowOf(Watched watched, Keymap keymap, RunRow row, int width) => row switch
    {
        { Loop: { } loop } => RunOf(watched, row, loop, width),
        { Source: { } standing, IsNote: true } => SourceRow.Note(watched, keymap, row.Repo, standing, width),
        { Source: { } standing } => SourceRow.Create(watched, row.Repo, standing, width),
        _ => Heading(watched, row.Repo, width),
    };

    /// <summary>The sprite's name in its colour, how many loops it has, and its labels.</summary>
    private static Row Heading(Watched watched, RepoModel repo, int width)
    {
        var look = watched.Sprites.GetValueOrDefault(repo.Path);
        var name = CellText.Truncate(SafeText.Clean(watched.NameOf(repo.Path)), Math.Max(0, width - 1));
        var labels = look is { Labels.Count: > 0 } ? $" · {string.Join(' ', look.Labels)}" : "";
        var rest = $" · {Numbers.Count(repo.Loops.Count, "loop", "loops")}{labels}";
        return Row.From(
            new(" ", StyleRole.Group), new(name, StyleRole.Group) { Color = look?.Color },
            new(rest, StyleRole.Group, Math.Max(0, width - 1 - CellText.Width(name))));
    }

    private static Row RunOf(Watched watched, RunRow row, LoopModel loop, int width) =>
        row.Repo.Sprite is not null && watched.StandingOf(row.Repo).Condition != SourceCondition.Read
        ? Dimmed(LiveRunOf(watched, row, loop, width))
        : LiveRunOf(watched, row, loop, width);

    /// <summary>How it was when it was last heard of: nothing in it calls.</summary>
    private static Row Dimmed(Row row) =>
        new([new("~", StyleRole.Muted), .. row.Spans.Skip(1).Select(static span => span with { Role = StyleRole.Muted })]);

    private static Row LiveRunOf(Watched watched, RunRow row, LoopModel loop, int width)
    {
        var (glyph, word, role) = LifecycleStyle.For(loop.Verdict.Ruling);
        var now = watched.NowIn(row.Repo);
        // What is being verified now comes before what is wrong.
        var alert = loop.Cases.Pending.Length > 0 ? (Glyph: "…", Role: StyleRole.Waiting)
            : loop.Verdict.Alerts.FirstOrDefault() is { } worst ? LifecycleStyle.For(worst.Severity) : (Glyph: " ", Role: StyleRole.Text);
        List<Span> tail = [
            new(word, role, WordWidth), new(" ", StyleRole.Text), new(alert.Glyph, alert.Role),
            new(Ages.Short(loop.Verdict.Ruling.Since, now).PadLeft(AgeWidth - 1), StyleRole.Muted)
        ];
        if (width >= 38)
        {
            tail.Insert(0, new(Iteration(loop), StyleRole.Muted, IterationWidth));
        }

        if (width >= 50)
        {
            tail.Insert(0, new(RoleAtWork(loop), StyleRole.Muted, RoleWidth));
            tail.Add(new(Lag(loop, now).PadLeft(LagWidth), StyleRole.Muted));
        }

        if (IsWide(width))
        {
            var (health, healthLook) = LifecycleStyle.For(loop.ShownHealth.Status);
            tail.Add(new("  ", StyleRole.Text));
            var healthRole = healthLook == StyleRole.Header ? StyleRole.Muted : StyleRole.Warning;
            tail.Add(new($"{health} {string.Join(",", loop.ShownHealth.Codes)}".TrimEnd(), healthRole, HealthWidth(width)));
            tail.Add(new(loop.Tally.Newest?.Name ?? "", StyleRole.Muted, EventWidth));
        }

        var name = row.IsInGroup ? $" {loop.Id}" : watched.NameOf(loop);
        // A run that nobody may act on is told from the others.
        var (stage, look) = loop.Rollback is not null || loop.Trigger is not null
            ? ("R", StyleRole.Error)
            : (Stage.WhyNot(loop) is null && watched.Sprites.GetValueOrDefault(loop.Repo)?.IsPassive != true ? " " : "p", StyleRole.Muted);
        return new Row([
            new(stage, look), new(glyph, role), new(" ", StyleRole.Text), new(name, StyleRole.Text, NameWidth(width, tail)),
            new(" ", StyleRole.Text), .. tail
        ]);
    }

    private static int NameWidth(int width, List<Span> tail) =>
        Math.Max(4, width - 4 - tail.Sum(static span => span.Width ?? span.Text.Length));

    private static Row Columns(int width)
    {
        List<Span> tail =
        [
            new("ROLE", StyleRole.Muted, RoleWidth), new("ITER", StyleRole.Muted, IterationWidth),
            new("STATE", StyleRole.Muted, WordWidth + 2),
            new("AGE".PadLeft(AgeWidth - 1), StyleRole.Muted), new("LAG".PadLeft(LagWidth), StyleRole.Muted), new("  ", StyleRole.Muted),
            new("HEALTH", StyleRole.Muted, HealthWidth(width)), new("LAST EVENT", StyleRole.Muted, EventWidth),
        ];
        return new Row(
            [new("   ", StyleRole.Muted), new("RUN", StyleRole.Muted, NameWidth(width, tail)), new(" ", StyleRole.Muted), .. tail]);
    }

    private static string Iteration(LoopModel loop)
    {
        var now = loop.Tally.Newest?.Iteration ?? loop.Projected.Iteration;
        var text = now.ToString(CultureInfo.InvariantCulture);
        return loop.Tally.MaxIterations is { } max ? $"{text}/{max.ToString(CultureInfo.InvariantCulture)}" : text;
    }

    private static string RoleAtWork(LoopModel loop) =>
        loop.Verdict.Lifecycle == Lifecycle.Running ? loop.Tally.RoleAtWork?.Role ?? "" : "";

    /// <summary>How long ago the last event was, of a run from which more is to come.</summary>
    private static string Lag(LoopModel loop, AgeClock now) =>
        loop.Verdict.Lifecycle == Lifecycle.Running && loop.Tally.Newest?.At is { } at
        ? Ages.Short(now.Since(at, loop.NewestReadAt))
        : "";
}
