using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Alerts;

/// <summary>What the operator has set in the list of alerts.</summary>
internal sealed record AlertsState
{
    /// <summary>The alert the cursor is on; null for the first.</summary>
    public AlertKey? Selected { get; init; }

    /// <summary>First visible row.</summary>
    public int Top { get; init; }

    /// <summary>The row that the cursor is on; -1 in an empty list. What is chosen is an identity, the row follows from it.</summary>
    public int RowIn(IReadOnlyList<Alert> alerts)
    {
        var at = Selected is null ? 0 : -1;
        for (var i = 0; at < 0 && i < alerts.Count; i++)
        {
            at = alerts[i].Key == Selected ? i : at;
        }

        return ListWindow.Clamp(at, alerts.Count);
    }
}
