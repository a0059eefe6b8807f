using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Model;

namespace OpsManager.Control.Escalate;

/// <summary>What may have to be told of one loop, as it was found once.</summary>
/// <param name="Source">As <see cref="ToldLoop"/> has it.</param>
/// <param name="Repo">The path of its repository, or of the copy.</param>
/// <param name="RunId">Null where no run is known.</param>
public sealed record LoopHealth(
    string Source, string Repo, string Loop, string? RunId, Lifecycle Lifecycle, HealthStatus Status, IReadOnlyList<string> Codes,
    IReadOnlyList<FindingRecord> Findings)
{
    /// <summary>A loop that was read; null where a part of it was not: that would give another result.</summary>
    public static LoopHealth? From(RepoModel repo, LoopModel loop) => EscalationRecorder.IsRead(repo, loop)
        ? new(
            repo.Sprite is { } sprite ? OfSprite(sprite.Name) : repo.Path, repo.Path, loop.Id, loop.Verdict.RunId,
            loop.Verdict.Lifecycle, loop.Health.Status, loop.Health.Codes,
            loop.Verdict.Findings)
        : null;

    /// <summary>How a sprite is named in the place of a path.</summary>
    public static string OfSprite(string name) => $"sprite {name}";
}
