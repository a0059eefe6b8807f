using OpsManager.Configuration.Keymaps;

namespace OpsManager.Tui.Help;

/// <summary>Where the help was asked for: what it begins with depends on it.</summary>
/// <param name="Pane">The pane, as the title of it: "RUNS".</param>
/// <param name="Place">The same, as bindings have it.</param>
/// <param name="IsReplay">A recording is replayed: its keys come first.</param>
/// <param name="WhyNot">Why an action cannot be done there now; null where it can.</param>
internal sealed record HelpPlace(string Pane, HintPlace Place, bool IsReplay, Func<ActionId, string?> WhyNot)
{
    /// <summary>What stands in the help besides keys: how a session was set up. Empty for nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
