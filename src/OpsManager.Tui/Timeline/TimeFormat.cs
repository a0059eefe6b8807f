namespace OpsManager.Tui.Timeline;

/// <summary>How the timeline writes times.</summary>
internal enum TimeFormat
{
    /// <summary>The time of day, UTC.</summary>
    Clock,

    /// <summary>Date and time of day, UTC.</summary>
    Date,

    /// <summary>How long ago.</summary>
    Age,
}
