using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Compare;

/// <summary>Two runs to compare, each the newest of a loop.</summary>
/// <param name="B">Null for the run of the first loop that is before its newest.</param>
internal sealed record CompareRequest(LoopKey A, LoopKey? B = null);
