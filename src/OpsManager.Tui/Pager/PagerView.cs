using System.Drawing;
using System.Globalization;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Pager;

/// <summary>A text over all panes: a file of the loop, a log of it, or one event in full.</summary>
internal static class PagerView
{
    public static Rectangle Area(Size screen) => new(0, 1, screen.Width, Math.Max(0, screen.Height - 2));

    /// <param name="isLive">The run whose log it is goes on.</param>
    /// <param name="visible">Rows of the box.</param>
    /// <param name="width">Cells of a row.</param>
    public static PaneContent Compose(Keymap keymap, PagerState pager, bool isLive, int visible, int width) =>
        new(Title(pager, isLive), Note(keymap, pager), Rows(pager, visible, width));

    private static string Title(PagerState pager, bool isLive)
    {
        if (pager.Review is { } review)
        {
            return $"READ {review.At + 1} of {review.Texts.Length}  {review.Run.Loop} · {review.Current.Name}";
        }

        if (pager.Logs is not { } logs)
        {
            return pager.Follows ? $"{pager.Title} · following" : pager.Title;
        }

        // The name of the file where the list does not have it yet.
        var what = pager.Path.Length == 0 ? null : logs.Find(pager.Path)?.Title ?? pager.Path;
        var state = pager.Follows && isLive ? "following" : null;
        var count = pager.Path.Length == 0 ? null : Lines(pager.Text);
        return $"LOG  {string.Join(" · ", ((string?[])[logs.Run.Loop, what, state, count]).OfType<string>())}";
    }

    private static string Note(Keymap keymap, PagerState pager)
    {
        var text = pager.Text;
        var fault = text.Note is { } said ? pager.Review is null ? said : $"{pager.Path}: {said}"
            : pager.Logs is not { } logs || pager.Path.Length > 0 ? null
            : logs.Fault ?? (logs.AreListed ? "no log of this run was found" : "looking for the log");
        var search = pager.Search switch
        {
            null => null,
            { Seek: { } seek } found => $"/{found.Text}: searching, {Part(seek.From, text.Size)}",
            { Note: { } note } => note,
            var found => $"/{found.Text}",
        };
        var match = pager.Search is { Seek: null } shown ? shown.Matches.Place(shown.At) : null;
        var left = pager is { Left: > 0, Wraps: false } ? $"from column {Numbers.Whole(pager.Left + 1)}" : null;
        var close = keymap.KeysOf(ActionId.Back) is [var key, ..]
            ? pager.Search is null ? $"{key} closes" : $"{key} ends the search"
            : null;
        var place = pager.Path.Length == 0 ? null : Place(text);
        return string.Join(" · ", ((string?[])[fault, search, match, pager.IsRaw ? "raw" : null, left, place, close]).OfType<string>());
    }

    /// <summary>Which lines are visible, or how far down they are where the lines are not counted.</summary>
    private static string Place(PagerText text) => text switch
    {
        { Lines.Count: 0 } => "0-0 of 0 lines",
        { First: { } first, Count: { } count } =>
            $"{Numbers.Whole(first)}-{Numbers.Whole(Math.Min(count, first + text.Lines.Count - 1))} of "
            + Numbers.Count(count, "line", "lines"),
        _ => $"{Part(text.Lines[^1].End, text.Size)} of {Numbers.Bytes(text.Size)}",
    };

    private static string Lines(PagerText text) =>
        text.Count is { } count ? Numbers.Count(count, "line", "lines") : Numbers.Bytes(text.Size);

    private static string Part(long at, long size) =>
        (size == 0 ? 0 : Math.Clamp(at, 0, size) * 100d / size).ToString("0", CultureInfo.InvariantCulture) + "%";

    private static Row[] Rows(PagerState pager, int visible, int width)
    {
        var text = pager.Text;
        var room = LineStyle.Room(width, pager.HasNumbers);
        var number = text.First;
        List<Row> rows = [];
        foreach (var (at, line) in text.Lines.Index())
        {
            var styled = LineStyle.For(line, pager.Syntax);
            if (pager.Search is { } search)
            {
                styled = styled.Marked(search.Text, line.Start == search.At ? StyleRole.Selected : StyleRole.Match);
            }

            var wrapped = pager.Wraps ? styled.Wrapped(room) : [styled.Scrolled(pager.Left, room)];
            var first = at == 0 ? Math.Min(text.Top.Row, wrapped.Count - 1) : 0;
            for (var row = first; row < wrapped.Count && rows.Count < visible; row++)
            {
                var shown = row > 0 ? "" : number is { } known ? Whole(known) : "~";
                rows.Add(pager.HasNumbers ? Numbered(wrapped[row], shown) : wrapped[row]);
            }

            number++;
            if (rows.Count >= visible)
            {
                break;
            }
        }

        return [.. rows];
    }

    private static Row Numbered(Row row, string number) =>
        new([new(number.PadLeft(LineStyle.NumberWidth - 1) + " ", StyleRole.Muted), .. row.Spans]);

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
