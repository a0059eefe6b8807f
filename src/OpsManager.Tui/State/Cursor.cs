namespace OpsManager.Tui.State;

/// <summary>The rows that the cursors of the lists are on; -1 in an empty list. The operator's choice is an identity, the row follows from it.</summary>
public static class Cursor
{
    /// <summary>Among the rows of the run list that can be chosen.</summary>
    public static int Run(AppModel model) => model.Chosen is { } key ? IndexOf(model.Lists.Choices, choice => choice == key) : -1;

    /// <summary>In the rows of the run list.</summary>
    public static int RunRow(AppModel model) => model.Chosen is { } key ? model.Lists.RowOf(key) : -1;

    public static int Alert(AppModel model)
    {
        var index = model.Ui.SelectedAlert is { } key ? IndexOf(model.Alerts, alert => alert.Key == key) : 0;
        return ListWindow.Clamp(index, model.Alerts.Count);
    }

    public static int File(AppModel model)
    {
        var files = model.CurrentFiles.Files;
        return ListWindow.Clamp(model.Ui.SelectedFile is { } path ? IndexOf(files, file => file.Path == path) : 0, files.Count);
    }

    private static int IndexOf<T>(IReadOnlyList<T> list, Func<T, bool> wanted)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (wanted(list[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
