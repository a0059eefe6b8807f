using System.Drawing;

namespace OpsManager.Tui.Shell;

/// <summary>Which list of runs is shown, and on how large a screen: for the same one no pane gets smaller by itself.</summary>
/// <param name="HasRuns">Until the first run is there, sentences stand in its place.</param>
/// <param name="HasUnread">Some source was not read yet, and has a row that says so.</param>
internal readonly record struct ShownList(Size Screen, bool HasRuns, bool HasUnread)
{
    public static ShownList Of(AppModel model) => new(model.Ui.Size, model.AllRuns.Count > 0, model.Header.NotRead > 0);
}
