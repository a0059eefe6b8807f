using OpsManager.Tui.Content;

namespace OpsManager.Tui.Detail;

/// <summary>Title and tabs of the detail.</summary>
internal static class DetailTabs
{
    public const string Title = "DETAIL (3)";

    private static readonly IReadOnlyList<string> Names = Enum.GetNames<DetailTab>();

    /// <summary>The pane of a run, without rows.</summary>
    public static PaneContent Header(DetailState state) => new(Title, "", []) { Tabs = Names, Tab = (int)state.Tab };
}
