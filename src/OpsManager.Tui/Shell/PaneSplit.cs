using OpsManager.Configuration.Keymaps;

namespace OpsManager.Tui.Shell;

/// <summary>What the operator has given to panes, in cells; null where the screen shares its room by what the panes need.</summary>
/// <param name="Runs">Width of the run list.</param>
/// <param name="Alerts">Height of the alerts.</param>
/// <param name="Detail">Height of the detail; the timeline has the rest.</param>
internal sealed record PaneSplit(int? Runs = null, int? Alerts = null, int? Detail = null)
{
    /// <summary>Nothing was given.</summary>
    public static readonly PaneSplit Natural = new();

    private const int Columns = 4;

    /// <summary>With more for a pane, or less; the same where it has its smallest or largest size already.</summary>
    public static UiState Resize(UiState ui, ScreenLayout layout, ScreenLines lines, ActionId action)
    {
        var by = action == ActionId.GrowPane ? 1 : -1;
        var (width, alerts, detail) = (layout.WidthOf(PaneId.Runs), HeightOf(layout, PaneId.Alerts), HeightOf(layout, PaneId.Detail));
        var split = ui.Focus switch
        {
            PaneId.Runs => ui.Split with { Runs = width + (by * Columns) },
            PaneId.Alerts => ui.Split with { Alerts = alerts + by },
            PaneId.Detail => ui.Split with { Detail = detail + by },
            _ => ui.Split with { Detail = detail - by },
        };
        split = Back(ui, layout, lines, split);
        // What is given is what there is room for, so that the next key back is felt at once.
        var next = ScreenLayout.Create(ui with { Split = split }, lines);
        var given = new PaneSplit(
            split.Runs is null ? null : next.WidthOf(PaneId.Runs), split.Alerts is null ? null : HeightOf(next, PaneId.Alerts),
            split.Detail is null ? null : HeightOf(next, PaneId.Detail));
        var isSame = (next.WidthOf(PaneId.Runs), HeightOf(next, PaneId.Alerts), HeightOf(next, PaneId.Detail)) == (width, alerts, detail);
        return isSame ? ui : ui with { Split = given };
    }

    /// <summary>
    /// Where a pane comes back to the size that it has by itself, or would pass it, it has that one and nothing is given to it.
    /// </summary>
    private static PaneSplit Back(UiState ui, ScreenLayout layout, ScreenLines lines, PaneSplit split)
    {
        int? Given(int? given, PaneSplit without, Func<ScreenLayout, int> sizeOf)
        {
            var before = sizeOf(layout);
            var natural = sizeOf(ScreenLayout.Create(ui with { Split = without }, lines));
            var comesBack = (before < natural && natural <= given) || (before > natural && natural >= given);
            return comesBack ? null : given;
        }

        return new(
            Given(split.Runs, split with { Runs = null }, static made => made.WidthOf(PaneId.Runs)),
            Given(split.Alerts, split with { Alerts = null }, static made => HeightOf(made, PaneId.Alerts)),
            Given(split.Detail, split with { Detail = null }, static made => HeightOf(made, PaneId.Detail)));
    }

    private static int HeightOf(ScreenLayout layout, PaneId pane) => layout.Panes.TryGetValue(pane, out var area) ? area.Height : 0;
}
