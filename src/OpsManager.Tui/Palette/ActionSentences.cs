using OpsManager.Configuration.Keymaps;

namespace OpsManager.Tui.Palette;

/// <summary>Actions as sentences, with the name of the run that they act on.</summary>
internal static class ActionSentences
{
    private static readonly char[] Ends = [':', ';', ','];

    /// <param name="run">The run that is acted on, or the source that is chosen; null where there is none.</param>
    public static string Of(Binding binding, string? run) => binding.Action switch
    {
        ActionId.ApproveRun => $"Approve {run ?? "the run"}",
        ActionId.RejectRun => $"Reject {run ?? "the run"}",
        ActionId.CancelRun => $"Cancel the run of {run ?? "the loop"}",
        ActionId.Acknowledge => $"Acknowledge the result in {run ?? "the run"}",
        ActionId.ShowIncident => $"Read the incident note of {run ?? "the loop"}",
        ActionId.Rearm => $"Re-arm {run ?? "the loop"}",
        ActionId.Wake => $"Read the sprite of {run ?? "the run"} now",
        ActionId.LookBack => $"Go back in time in {run ?? "the run"}",
        ActionId.Describe => $"Describe {run ?? "the run"}",
        ActionId.Open => $"Open {run ?? "what is selected"}",
        ActionId.OpenInPager => "Open the file in $PAGER",
        ActionId.Copy => "Copy what is selected",
        ActionId.Filter => "Filter the runs or the timeline",
        ActionId.ShowWhy => "Show why the run is in its state",
        ActionId.ShowGates => "Show the gates",
        ActionId.ShowApproval => "Show the approval and earlier decisions",
        ActionId.ShowIterations => "Show the iterations",
        ActionId.ShowUsage => "Show the usage",
        ActionId.ShowControl => "Show what was sent, and its results",
        ActionId.ShowFiles => "Show the files",
        ActionId.PreviousTab => "Show the previous tab",
        ActionId.NextTab => "Show the next tab",
        ActionId.TimeFormat => "Change how times are shown",
        ActionId.SnapshotOnly => "Turn snapshot-only mode on or off",
        ActionId.Back => "Go back",
        ActionId.ScrollLeft => "Scroll left, or fold the group",
        ActionId.ScrollRight => "Scroll right, or unfold the group",
        ActionId.ShowLog => $"Open the log of {run ?? "the run"}",
        _ => First(binding.Help),
    };

    /// <summary>The first part of a help text, without the words that say where it belongs.</summary>
    private static string First(string help)
    {
        var text = help.StartsWith("Replay: ", StringComparison.Ordinal) ? help["Replay: ".Length..] : help;
        var end = text.IndexOfAny(Ends);
        var part = end < 0 ? text : text[..end];
        return part.Length == 0 ? part : $"{char.ToUpperInvariant(part[0])}{part[1..]}";
    }
}
