using OpsManager.Configuration.Keymaps;

namespace OpsManager.Tui.Content;

/// <summary>How far a moving key goes.</summary>
internal static class Move
{
    /// <summary>
    /// Where <paramref name="action"/> leads from row <paramref name="from"/>, not yet clamped; null where it is no move.
    /// </summary>
    public static int? Target(ActionId action, int from, int page, int count) => action switch
    {
        ActionId.MoveDown => from + 1,
        ActionId.MoveUp => from - 1,
        ActionId.PageDown => from + Math.Max(1, page - 1),
        ActionId.PageUp => from - Math.Max(1, page - 1),
        ActionId.MoveToTop => 0,
        ActionId.MoveToBottom => count - 1,
        _ => null,
    };
}
