namespace OpsManager.Core.Sprite;

/// <summary>What the platform says of a sprite (docs/service.md, "Hibernation").</summary>
public enum Warmth
{
    /// <summary>Nobody was asked, or the platform did not answer.</summary>
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
    public static Warmth Parse(string? word) => word switch
    {
        "running" => Warmth.Running,
        "warm" => Warmth.Warm,
        "cold" => Warmth.Cold,
        _ => Warmth.Unknown,
    };

    public static string Word(this Warmth warmth) => warmth switch
    {
        Warmth.Running => "running",
        Warmth.Warm => "warm",
        Warmth.Cold => "cold",
        _ => "unknown",
    };

    /// <summary>Whether a request would wake it.</summary>
    public static bool IsAsleep(this Warmth warmth) => warmth is Warmth.Warm or Warmth.Cold;
}
