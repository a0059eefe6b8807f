using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Alerts;

/// <summary>What keys change in the list of alerts.</summary>
internal static class AlertsUpdate
{
    /// <param name="page">Rows that the pane has.</param>
    public static AlertsState Move(AlertsState state, IReadOnlyList<Alert> alerts, ActionId action, int page) =>
        alerts.Count > 0 && Content.Move.Target(action, state.RowIn(alerts), page, alerts.Count) is { } target
            ? state with { Selected = alerts[ListWindow.Clamp(target, alerts.Count)].Key }
            : state;

    /// <summary>Keeps the cursor visible.</summary>
    public static AlertsState Fit(AlertsState state, IReadOnlyList<Alert> alerts, int height) =>
        state with { Top = ListWindow.Follow(state.Top, state.RowIn(alerts), height, alerts.Count) };
}
