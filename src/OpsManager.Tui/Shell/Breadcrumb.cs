using OpsManager.Contract.Text;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Shell;

/// <summary>Where the operator is, in steps from the list: <c>4 repositories > billing > checkout-flow > timeline</c>.</summary>
internal static class Breadcrumb
{
    private const string Step = " > ";

    /// <summary>
    /// The way in, in at most so many cells: where there is no room for all of it the first steps are left out. Null where the operator
    /// is no more than one step deep.
    /// </summary>
    /// <param name="root">What is watched.</param>
    public static string? Text(AppModel model, string root, int cells)
    {
        var ui = model.Ui;
        var isDeep = ui.Focus != PaneId.Runs && ui.Trail.Exists(place => place.Pane != ui.Focus);
        if (!isDeep && ui.Overlay != Overlay.Pager)
        {
            return null;
        }

        string?[] all =
        [
            root,
            model.SourceCount > 1 && model.CurrentRepo is { } repo ? model.NameOf(repo.Path) : null,
            model.Current?.Id,
            ui.Focus == PaneId.Runs ? null : ui.Focus == PaneId.Detail ? ui.Detail.Tab.ToString().ToLowerInvariant()
                : ui.Focus.ToString().ToLowerInvariant(),
            ui is { Overlay: Overlay.Pager, Pager: { } pager } ? RepoFile(pager.Title) : null,
        ];
        string[] steps = [.. all.OfType<string>().Select(static step => SafeText.Clean(step))];
        for (var first = 0; first < steps.Length; first++)
        {
            var text = (first > 0 ? CellText.Ellipsis + Step : "") + string.Join(Step, steps[first..]);
            if (CellText.Width(text) <= cells || first == steps.Length - 1)
            {
                return CellText.CutMiddle(text, cells);
            }
        }

        return null;
    }

    /// <summary>Of a path its last part.</summary>
    private static string RepoFile(string title) => title[(title.LastIndexOf('/') + 1)..];
}
