namespace OpsManager.Tui.Runs;

/// <summary>By what the runs are sorted.</summary>
internal enum RunSort
{
    /// <summary>What needs somebody first.</summary>
    Urgency,

    /// <summary>By repository and loop.</summary>
    Name,

    /// <summary>What changed its lifecycle last comes first.</summary>
    Age,

    /// <summary>What has been silent longest comes first.</summary>
    Lag,
}
