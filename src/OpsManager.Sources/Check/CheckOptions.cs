namespace OpsManager.Sources.Check;

/// <summary>How often what was folded is compared with the artifacts read again.</summary>
public sealed record CheckOptions
{
    public static readonly CheckOptions Default = new();

    /// <summary>Between two checks of a loop.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A check that found a difference is followed by another so soon.</summary>
    public TimeSpan Again { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What is folded may be this much behind what is in the files: a difference counts when it outlasts that.</summary>
    public TimeSpan CatchUp { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>Where no check is due, it is looked again so soon whether one is.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// After a check that took a while, nothing is checked for so many times as long: it costs less than half a hundredth of a
    /// core.
    /// </summary>
    public int RestFactor { get; init; } = 200;
}
