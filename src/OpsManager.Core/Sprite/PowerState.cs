namespace OpsManager.Core.Sprite;

/// <summary>What the platform says of a sprite (docs/service.md, "Hibernation").</summary>
public enum PowerState
{
    /// <summary>The platform was not asked, or did not answer.</summary>
    Unknown,

    Running,

    /// <summary>Frozen in memory; a request resumes it.</summary>
    Warm,

    /// <summary>Stopped; a request starts it, and of its processes only the services.</summary>
    Cold,
}

/// <summary>The words of the platform.</summary>
public static class WarmthWords
{
    /// <summary>Unknown for a word that is none.</summary>
    public static PowerState Parse(string? word) => word switch
    {
        "running" => PowerState.Running,
        "warm" => PowerState.Warm,
        "cold" => PowerState.Cold,
        _ => PowerState.Unknown,
    };

    public static string Word(this PowerState warmth) => warmth switch
    {
        PowerState.Running => "running",
        PowerState.Warm => "warm",
        PowerState.Cold => "cold",
        _ => "unknown",
    };

    /// <summary>Whether a request would wake it.</summary>
    public static bool IsAsleep(this PowerState warmth) => warmth is PowerState.Warm or PowerState.Cold;
}
