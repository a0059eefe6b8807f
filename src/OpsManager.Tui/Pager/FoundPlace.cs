namespace OpsManager.Tui.Pager;

/// <summary>Brings what was found onto the screen, where its line is longer than the screen is wide or high.</summary>
internal static class FoundPlace
{
    /// <summary>Cells that stay visible before what was found, where lines are not wrapped.</summary>
    private const int Before = 16;

    /// <summary>The same pager with the place visible; it stays as it is until the line has been read.</summary>
    public static PagerState Shown(PagerState state)
    {
        if (state is not { Search: { IsComing: true, At: { } line } search, Text.Request: { } request })
        {
            return state;
        }

        var (at, row) = (-1, -state.Text.Top.Row);
        var room = LineStyle.Room(request.Width, request.HasNumbers);
        for (var i = 0; i < state.Text.Lines.Count && at < 0; i++)
        {
            if (state.Text.Lines[i].Start == line)
            {
                at = i;
            }
            else
            {
                row += state.Wraps ? LineStyle.For(state.Text.Lines[i], state.Syntax).RowCount(room) : 1;
            }
        }

        if (at < 0)
        {
            return state;
        }

        var there = state with { Search = search with { IsComing = false } };
        var styled = LineStyle.For(state.Text.Lines[at], state.Syntax);
        if (!state.Wraps)
        {
            var cell = styled.CellOf(search.Text) ?? state.Left;
            var end = cell + search.Text.Length;
            // The last cell may hold the mark of a line that is cut.
            return cell >= state.Left && end < state.Left + room ? there
                : there with { Left = end < room ? 0 : Math.Max(0, cell - Before) };
        }

        var inLine = styled.RowOf(search.Text, room) ?? 0;
        return row + inLine >= 0 && row + inLine < request.Room ? there
            : there with { Aim = new PagerAim.At(new PagerTop(line, inLine), -(request.Room / 3)) };
    }
}
