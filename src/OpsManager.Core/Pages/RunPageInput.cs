using OpsManager.Contract;
using OpsManager.Core.Compare;
using OpsManager.Core.Model;

namespace OpsManager.Core.Pages;

/// <summary>All that a report on a run is made of: the models that the screen shows, and the run as its log tells it.</summary>
/// <param name="Place">The recording or the repository, as messages name it.</param>
/// <param name="Run">The newest run of the loop.</param>
/// <param name="At">The moment that the models are of.</param>
public sealed record RunPageInput(string Place, RepoModel Repo, LoopModel Loop, RunRecord Run, DateTimeOffset At)
{
    /// <summary>What the lifecycle was from when on, oldest first; empty where it was not watched.</summary>
    public IReadOnlyList<LifecycleChange> Changes { get; init; } = [];

    /// <summary>Alerts as they appeared, oldest first.</summary>
    public IReadOnlyList<AlertSeen> Alerts { get; init; } = [];

    /// <summary>What the source does not show, or what is wrong with it, each a sentence.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Who made the report, and when.</summary>
    public string MadeBy { get; init; } = "";
}

/// <summary>From a moment on the lifecycle was this.</summary>
/// <param name="Word">As the screen says it.</param>
public readonly record struct LifecycleChange(DateTimeOffset At, Lifecycle Lifecycle, string Word);

/// <summary>An alert appeared.</summary>
public readonly record struct AlertSeen(DateTimeOffset At, string Code);
