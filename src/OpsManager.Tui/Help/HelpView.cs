using System.Drawing;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Help;

/// <summary>
/// The help: the keys of the pane, then all others by what they are for, then what the marks on screen mean. What cannot be done now is
/// dimmed. Nothing is cut: texts are broken to the width.
/// </summary>
internal static class HelpView
{
    private const int MaxColumns = 96;
    private const int KeysWidth = 22;
    private const int Indent = 1;
    private const string NoKey = "palette only";

    private static readonly Lifecycle[] Lifecycles =
    [
        Lifecycle.Running, Lifecycle.AwaitingApproval, Lifecycle.Failed, Lifecycle.Stopped, Lifecycle.Complete, Lifecycle.Idle,
        Lifecycle.Unknown,
    ];

    public static int Width(Size screen) => Math.Min(MaxColumns, screen.Width);

    public static Rectangle Area(Size screen, int count)
    {
        var (width, height) = (Width(screen), Math.Max(0, Math.Min(count + 2, screen.Height - 2)));
        return new Rectangle((screen.Width - width) / 2, (screen.Height - height) / 2, width, height);
    }

    /// <param name="width">Cells inside the box.</param>
    public static IReadOnlyList<Row> Rows(Keymap keymap, HelpState state, HelpPlace place, int width)
    {
        List<Row> rows = [];
        foreach (var (heading, bindings) in Sections(place))
        {
            var found = bindings.Where(binding => IsFound(binding, heading, keymap, state.Search)).ToArray();
            if (found.Length == 0)
            {
                continue;
            }

            Heading(rows, heading);
            foreach (var binding in found)
            {
                Add(rows, string.Join("  ", keymap.KeysOf(binding.Action)), binding.Help, place.WhyNot(binding.Action), width);
            }
        }

        var legend = Legend().Concat(place.Notes).Where(line => Holds(line, state.Search)).ToArray();
        if (legend.Length > 0)
        {
            Heading(rows, "MARKS");
            rows.AddRange(legend.SelectMany(line => Wrap.Lines(line, width - (2 * Indent)))
                .Select(static line => Row.From(new Span($" {line}", StyleRole.Muted))));
        }

        return rows.Count > 0 ? rows : [Row.From(new Span(" nothing matches", StyleRole.Muted))];
    }

    public static PaneContent Compose(Keymap keymap, HelpState state, IReadOnlyList<Row> rows, int height)
    {
        var below = rows.Count - state.Top - height;
        string[] notes =
        [
            below > 0 ? $"{below} more below" : "",
            state.Search.Length == 0 && keymap.KeysOf(ActionId.Filter) is [var search, ..] ? $"{search} searches" : "",
            keymap.KeysOf(ActionId.Back) is [var close, ..] ? $"{close} closes" : "",
        ];
        var title = state.Search.Length == 0 ? "HELP" : $"HELP /{state.Search}/";
        return new PaneContent(
            title, string.Join(" · ", notes.Where(static note => note.Length > 0)), [.. rows.Skip(state.Top).Take(height)]);
    }

    private static IEnumerable<(string Heading, IEnumerable<Binding> Bindings)> Sections(HelpPlace place)
    {
        bool IsHere(Binding binding) => (HelpGroups.Panes(binding) & place.Place) != 0;
        IEnumerable<Binding> Of(HelpGroup group) => Bindings.All.Where(binding => HelpGroups.Of(binding) == group && !IsHere(binding));
        var replay = (HelpGroups.Heading(HelpGroup.Replay), Of(HelpGroup.Replay));
        (string, IEnumerable<Binding>)[] first = place.IsReplay ? [replay] : [];
        return
        [
            .. first,
            ($"THIS PANE: {place.Pane}", Bindings.All.Where(IsHere)),
            .. Enum.GetValues<HelpGroup>()
                .Where(group => group != HelpGroup.Replay || !place.IsReplay)
                .Select(group => (HelpGroups.Heading(group), Of(group))),
        ];
    }

    private static bool IsFound(Binding binding, string heading, Keymap keymap, string search) =>
        Holds($"{heading} {binding.Name} {binding.Label} {binding.Help} {string.Join(' ', keymap.KeysOf(binding.Action))}", search);

    /// <summary>Whether every typed word is in the text.</summary>
    private static bool Holds(string text, string search) => search
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static void Heading(List<Row> rows, string heading)
    {
        if (rows.Count > 0)
        {
            rows.Add(Row.Blank);
        }

        rows.Add(Row.From(new Span($" {heading}", StyleRole.Group)));
    }

    private static void Add(List<Row> rows, string keys, string help, string? whyNot, int width)
    {
        var room = Math.Max(12, width - KeysWidth - (2 * Indent));
        // The reason stands there only where it takes no row of its own.
        var reason = whyNot is null ? "" : $"  ({whyNot})";
        var text = CellText.Width(help) + CellText.Width(reason) <= room ? help + reason : help;
        var left = Wrap.Lines(keys.Length == 0 ? NoKey : keys, KeysWidth - 2);
        var right = Wrap.Lines(text, room);
        for (var line = 0; line < Math.Max(left.Count, right.Count); line++)
        {
            rows.Add(Row.From(
                new(" ", StyleRole.Text),
                new(
                    line < left.Count ? left[line] : "", keys.Length == 0 || whyNot is not null ? StyleRole.Muted : StyleRole.TitleFocused,
                    KeysWidth),
                new(line < right.Count ? right[line] : "", whyNot is null ? StyleRole.Text : StyleRole.Muted)));
        }
    }

    /// <summary>What the marks mean, as the panes draw them.</summary>
    private static IEnumerable<string> Legend()
    {
        yield return "State of a run: "
            + string.Join("   ", Lifecycles.Select(LifecycleStyle.For).Select(static one => $"{one.Glyph} {one.Word}"));
        yield return "The state is what ops-manager concludes; the tab Why shows every source and the rule that decided.";
        yield return "Worst alert of a run: "
            + string.Join("   ", new[] { Severity.Error, Severity.Warning, Severity.Info }.Select(static severity =>
                $"{LifecycleStyle.For(severity).Glyph} {severity.ToString().ToLowerInvariant()}"))
            + "   … something that was sent is being verified";
        yield return "= paused   ^ approved or rejected: the next run acts on it   # marked";
        yield return "Before a run: p passive, nothing can be sent   R rolled back";
        yield return "In the timeline: ! a problem   -- seen by ops-manager itself --";
        yield return "Over a replay: ┃ the moment that is shown   ▲ a problem   · not read yet";
    }
}
