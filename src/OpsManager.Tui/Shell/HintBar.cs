using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Tui.Content;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Shell;

/// <summary>
/// The bottom line: a word to the operator where there is one, else the keys that matter most, from the table of bindings and the
/// keymap in force.
/// </summary>
internal static class HintBar
{
    private const string Whole = $"  :{ToldMessages.Name}";

    public static (Row Left, Row Right) Compose(AppModel model, int width)
    {
        var ui = model.Ui;
        if (ui.Prompt is { } prompt)
        {
            return PromptLine.Compose(prompt, PromptNote.Of(model, prompt), width);
        }

        var right = Right(model, width);
        var room = width - right.Spans.Sum(static span => CellText.Width(span.Text));
        return (ui.Toast is { } toast ? Row.From(new Span($" {Fitting(toast.Text, room - 2)} ", toast.Role))
            : new Row([.. Hints(model, room)]), right);
    }

    /// <summary>
    /// Where it is too long, as much as has room, and how to read the whole. Of a path at the end, the name of the file is what counts.
    /// </summary>
    private static string Fitting(string text, int room)
    {
        if (CellText.Width(text) <= room)
        {
            return text;
        }

        var left = Math.Max(10, room - Whole.Length);
        var isPath = text[(text.LastIndexOf(' ') + 1)..].Contains('/');
        return (isPath ? CellText.CutMiddle(text, left) : CellText.Truncate(text, left)) + Whole;
    }

    /// <summary>What belongs to this place first, then what goes everywhere; help and the ways out are never cut off.</summary>
    private static IEnumerable<Span> Hints(AppModel model, int room)
    {
        Hint[] hints = model is { Replay: not null, Ui.Overlay: Overlay.None or Overlay.Pager } ? [.. InReplay(model)] : [.. Usual(model)];
        room -= hints.Where(static hint => IsLast(hint.Action)).Sum(static hint => hint.Width);
        foreach (var hint in hints)
        {
            if (!IsLast(hint.Action))
            {
                // A hint that is cut says nothing.
                room -= hint.Width;
                if (room < 0)
                {
                    continue;
                }
            }

            yield return new($" {hint.Key}", StyleRole.Key);
            yield return new($" {hint.Label} ", StyleRole.KeyLabel);
        }
    }

    private static bool IsLast(ActionId action) => action is ActionId.Help or ActionId.Quit or ActionId.Back;

    private static IEnumerable<Hint> Usual(AppModel model)
    {
        var place = Place(model.Ui);
        return Bindings.All
            .Where(binding => (binding.Hint & place) != 0 && model.Keymap.KeysOf(binding.Action).Count > 0)
            .Where(binding => Availability.WhyNotOffered(model, binding.Action) is null && PaneHints.IsUseful(model, binding.Action))
            .OrderBy(binding => binding.Hint == HintPlace.Panes && !PaneHints.IsForMarked(model, binding.Action))
            .ThenBy(binding => place == HintPlace.Pager && binding.Context != KeyContext.Pager)
            .ThenBy(binding => PaneHints.Rank(model, binding))
            .Select(binding => new Hint(binding.Action, model.Keymap.KeysOf(binding.Action)[0], PaneHints.Label(model, binding)));
    }

    private static IEnumerable<Hint> InReplay(AppModel model)
    {
        Hint[] moving = [.. ReplayHints.Moving(model)];
        Hint[] views = [.. ReplayHints.Views(model)];
        Hint[] usual = [.. Usual(model).Where(hint => moving.Concat(views).All(other => other.Action != hint.Action))];
        Hint[] selected =
        [
            .. usual.Where(static hint => hint.Action == ActionId.ShowLog),
            .. usual.Where(static hint => hint.Action is ActionId.Open or ActionId.Describe),
        ];
        Hint[] others = [.. usual.Except(selected).Where(static hint => !IsLast(hint.Action))];
        // The timeline has keys of its own, which come before those that turn the detail.
        return model.Ui.Focus == PaneId.Timeline
            ? [.. moving, .. selected, .. others, .. views, .. ReplayHints.Last(model), .. usual.Where(IsLast)]
            : [.. moving, .. views, .. selected, .. others, .. ReplayHints.Last(model), .. usual.Where(IsLast)];
    }

    private static bool IsLast(Hint hint) => IsLast(hint.Action);

    private static HintPlace Place(UiState ui) => (ui.Overlay, ui.Focus) switch
    {
        (Overlay.Pager, _) => HintPlace.Pager,
        (Overlay.Help, _) => HintPlace.Help,
        (Overlay.Describe, _) => HintPlace.Describe,
        (Overlay.Confirm, _) => HintPlace.Confirm,
        (_, var pane) => Pane(pane),
    };

    /// <summary>A pane, as bindings have it.</summary>
    public static HintPlace Pane(PaneId pane) => pane switch
    {
        PaneId.Runs => HintPlace.Runs,
        PaneId.Timeline => HintPlace.Timeline,
        PaneId.Detail => HintPlace.Detail,
        _ => HintPlace.Alerts,
    };

    private static Row Right(AppModel model, int width) => model.Ui switch
    {
        { Pending: { Keys.Count: > 0 } pending } => Row.From(new Span($" {pending.Text} … ", StyleRole.Prompt)),
        { Timeline.Filter: { Length: > 0 } filter } => Row.From(new Span($" /{CellText.Truncate(filter, 30)} ", StyleRole.Match)),
        // A word to the operator comes before what has stood there from the start.
        { Toast: null } when model.Notice is { } notice =>
            Row.From(new Span($" {CellText.Truncate(SafeText.Clean(notice), Math.Max(20, width * 2 / 3))} ", StyleRole.HeaderAlert)),
        _ => Row.Blank,
    };
}
