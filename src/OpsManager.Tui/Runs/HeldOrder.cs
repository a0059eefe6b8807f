namespace OpsManager.Tui.Runs;

/// <summary>An order of runs that is kept until a moment.</summary>
internal sealed record HeldOrder(RunGroups Runs, DateTimeOffset Until);
