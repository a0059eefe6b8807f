using OpsManager.Contract;

namespace OpsManager.Sources.Replay;

/// <summary>Why a moment of a recording is worth stopping at.</summary>
public enum ReplayPointKind
{
    /// <summary>A run's lifecycle changed to <see cref="ReplayPoint.Lifecycle"/>, or was seen first.</summary>
    Lifecycle,

    /// <summary>A finding that is shown as an alert appeared.</summary>
    Problem,

    /// <summary>An iteration began.</summary>
    Iteration,
}

/// <summary>A moment of a recording that is worth stopping at.</summary>
/// <param name="At">From the start of the recording.</param>
/// <param name="Repo">The repository of the loop, as the models name it.</param>
/// <param name="Lifecycle">Of the loop from this moment on.</param>
/// <param name="Text">What it is, in a few words: "failed", the finding's code, or the iteration's number.</param>
public readonly record struct ReplayPoint(
    TimeSpan At, ReplayPointKind Kind, string Repo, string Loop, Lifecycle Lifecycle, string Text);
