using System.Drawing;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Guides;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Describe;

/// <summary>
/// The box that describes an alert, or a run with all its alerts: what it means, the evidence, what to do, and the keys that do it. The
/// texts are the guides that docs/findings.md is made of.
/// </summary>
internal static class DescribeView
{
    private const int MostColumns = 100;

    public static Rectangle Area(Size screen, int count)
    {
        var (width, height) = (Width(screen), Math.Max(0, Math.Min(count + 2, screen.Height - 2)));
        return new Rectangle((screen.Width - width) / 2, 1 + ((screen.Height - 2 - height) / 2), width, height);
    }

    public static int Width(Size screen) => Math.Min(MostColumns, screen.Width);

    /// <param name="width">Cells inside the box.</param>
    public static IReadOnlyList<Row> Rows(Watched watched, Keymap keymap, DescribeState state, int width)
    {
        var rows = new RowsBuilder(width);
        if (state.Alert is { } key)
        {
            var alert = watched.Alerts.FirstOrDefault(alert => alert.Key == key);
            if (alert is null)
            {
                rows.Note("This alert has ended: what caused it is no longer there.");
            }

            Add(rows, watched, keymap, key.Code, alert);
        }
        else if (watched.Find(state.Run) is { } loop)
        {
            Run(rows, watched, keymap, loop);
        }
        else
        {
            rows.Note("This run is no longer there.");
        }

        return rows.Rows;
    }

    public static PaneContent Compose(Watched watched, Keymap keymap, DescribeState state, IReadOnlyList<Row> rows, int height)
    {
        var below = rows.Count - state.Top - height;
        var close = keymap.KeysOf(ActionId.Back) is [var key, ..] ? $"{key} closes" : "";
        var name = watched.Find(state.Run) is { } loop ? watched.NameOf(loop)
            : state.Run.Loop.Length > 0 ? state.Run.Loop : watched.NameOf(state.Run.Repo);
        return new PaneContent(
            $"DESCRIBE  {name}", below > 0 ? $"{below} more below · {close}" : close, [.. rows.Skip(state.Top).Take(height)]);
    }

    private static void Run(RowsBuilder rows, Watched watched, Keymap keymap, LoopModel loop)
    {
        var ruling = loop.Verdict.Ruling;
        var now = watched.NowIn(watched.SourceOf(loop.Repo));
        var (glyph, word, role) = LifecycleStyle.For(ruling);
        var since = ruling.Since is { } at ? $" for {Ages.Short(at, now)}" : "";
        rows.Wrapped([new(" ", StyleRole.Text), new($"{glyph} {word}{since}  ", role)], ruling.Reason, StyleRole.Text, indent: 3);
        if (!loop.Verdict.Alerts.Any())
        {
            rows.Add(new Span(" There is no alert.", StyleRole.Muted));
        }

        foreach (var finding in loop.Verdict.Alerts)
        {
            rows.Add();
            Add(rows, watched, keymap, finding.Code, new Alert(watched.SourceOf(loop.Repo), loop, finding));
        }

        var next = NextSteps.Of(watched, loop);
        rows.Add();
        rows.Next(NextSteps.Text(next, keymap));
        if (NextSteps.Keys(next, keymap) is { Length: > 0 } keys)
        {
            rows.Field("  Keys", keys);
        }
    }

    private static void Add(RowsBuilder rows, Watched watched, Keymap keymap, string code, Alert? alert)
    {
        if (alert is not null)
        {
            var (glyph, role) = LifecycleStyle.For(alert.Finding.Severity);
            var now = watched.NowIn(alert.Repo);
            var age = Ages.Short(alert.Finding.Since, now);
            var since = alert.Finding.Since is { } at ? $", since {SpriteText.Moment(at, now)}" : "";
            rows.Add(
                new(" ", StyleRole.Text), new($"{glyph} {code}", role),
                new(
                    $"  {alert.Finding.Severity.ToString().ToLowerInvariant()}{(age.Length > 0 ? $" for {age}{since}" : "")}",
                    StyleRole.Muted));
        }

        foreach (var guide in CodeGuides.Find(code))
        {
            rows.Wrapped([new("   ", StyleRole.Text)], ActionText.WithKeys(guide.Meaning, keymap), StyleRole.Text);
            Evidence(rows, alert?.Finding, guide);
            rows.Field("  What to do", ActionText.WithKeys(guide.ToDo, keymap));
            rows.Field("  Keys", string.Join(" · ", Actions(guide, alert).Select(action => KeyWithLabel(action, keymap))));
            rows.Field("  More", $"ops-manager {VerbNames.Explain} {code} · {guide.Document}", StyleRole.Muted);
        }
    }

    private static void Evidence(RowsBuilder rows, FindingRecord? finding, CodeGuide guide)
    {
        if (finding is not { Evidence.Count: > 0 })
        {
            rows.Field("  Evidence", guide.Evidence, StyleRole.Muted);
            return;
        }

        foreach (var (index, evidence) in finding.Evidence.Index())
        {
            rows.Field(index == 0 ? "  Evidence" : "", EvidenceText.For(evidence));
        }
    }

    /// <summary>Those that do something here: only a sprite can be woken, and a source has no tabs but is gone to.</summary>
    private static IEnumerable<string> Actions(CodeGuide guide, Alert? alert) => alert is not { Loop: null, Repo: var source }
        ? guide.Actions
        : guide.Actions
            .Where(action => action != Bindings.For(ActionId.Wake).Name || source.Sprite is not null)
            .Select(static action => action == Bindings.For(ActionId.ShowWhy).Name ? Bindings.For(ActionId.Open).Name : action);

    private static string KeyWithLabel(string action, Keymap keymap) =>
        $"{ActionText.KeyOf(action, keymap)} {Bindings.Find(action)?.Label ?? action}";
}
