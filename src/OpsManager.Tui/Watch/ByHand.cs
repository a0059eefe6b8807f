using OpsManager.Core.Model;

namespace OpsManager.Tui.Watch;

/// <summary>Whether what was done by hand to a run can be verified from here (docs/control.md).</summary>
internal static class ByHand
{
    /// <summary>The word that asks for it; the verb's name, too.</summary>
    public const string Name = "confirm";

    /// <param name="run">Null where none is chosen.</param>
    /// <returns>Why it cannot be; null where it can.</returns>
    public static string? WhyNot(Watched watched, LoopModel? run) =>
        run is null ? "no run is selected"
        : watched.WhyNoControl is { } why ? why
        : watched.SourceOf(run.Repo).Sprite is not null ? $"only of a repository on this host; in the sprite: ops-manager {Name}"
        : null;
}
