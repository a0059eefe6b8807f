namespace OpsManager.Core.Rules.Assessment;

/// <summary>How long things may take before they are said to be wrong.</summary>
public sealed record AssessmentLimits
{
    public static readonly AssessmentLimits Default = new();

    /// <summary>A file that stays torn this long is no longer being written (docs/contract.md, "Torn reads").</summary>
    public TimeSpan TornFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>An event this far ahead of our clock means that one of the clocks is wrong.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A decision that waits this long for its next run is worth a warning; before that it is an info.</summary>
    public TimeSpan DecisionUnconsumed { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A run that has written its result may take this long to exit; that it still runs after that is worth a warning.</summary>
    public TimeSpan Ending { get; init; } = TimeSpan.FromSeconds(60);
}
