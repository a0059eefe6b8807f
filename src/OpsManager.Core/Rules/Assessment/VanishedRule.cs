using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>
/// A loop whose directory is missing: nothing is read of it, and only its process tells of the run. What was read before proves
/// nothing of how the run stands now (docs/contract.md, "A directory that is missing").
/// </summary>
internal static class VanishedRule
{
    /// <summary>The directory whose absence matters.</summary>
    public static string Directory(RepoFacts repo, LoopFacts loop) => repo.IsMissing ? ArtifactPaths.Root : ArtifactPaths.Loop(loop.Id);

    /// <summary>The process of the run is there, or may be there.</summary>
    public static Ruling? Held(RepoFacts repo, LoopFacts loop)
    {
        var isFound = loop is { Exists: false, Claim: null, Found.IsAlive: true };
        if (!loop.IsHeld || !(repo.HasLost(loop) || isFound))
        {
            return null;
        }

        var missing = $"{Directory(repo, loop)} is missing";
        return loop switch
        {
            { Claim: { IsAlive: true } claim } =>
                new(Lifecycle.Running, $"{Running(claim.Fate!.Fact, claim.Pid, claim.State)}, but {missing}",
                repo.IsClaimed(loop.Id) ? Confidence.High : Confidence.Medium, loop.Tally.RunStart?.At ?? claim.ClaimedAt)
                {
                    IsPaused = claim.State != ProcessState.Running,
                },
            { Claim: null or { IsForeign: true }, Found: { IsAlive: true, Last: var found } } =>
                new(Lifecycle.Running, $"{found.Fact}, but {missing}", Confidence.Medium,
                loop.Tally.RunStart?.At ?? found.StartedAt)
                {
                    IsPaused = found.State != ProcessState.Running,
                },
            _ => new(
                Lifecycle.Running, $"{missing}, and nothing shows whether the run's process is still running ({Unknown(loop)})",
                Confidence.Low,
                loop.Tally.RunStart?.At),
        };
    }

    /// <summary>
    /// The process has exited, and the files that would say how are missing. A loop that had no process when .superloop went stands as it
    /// was read last.
    /// </summary>
    public static Ruling? Left(RepoFacts repo, LoopFacts loop, Verdict before)
    {
        if (loop.VanishedAt is not null)
        {
            var claim = loop.Claim is { IsForeign: false } ours ? ours : null;
            var pid = claim?.Pid ?? loop.Found?.Pid;
            var who = pid is { } number ? $"process {number.ToString(CultureInfo.InvariantCulture)}" : "the run's process";
            return new(
                Lifecycle.Unknown, $"{who} has exited, and {Directory(repo, loop)} is missing: nothing shows how the run ended",
                Confidence.Low,
                claim?.GoneSince ?? loop.Found?.GoneSince);
        }

        return repo.IsMissing && loop.Exists && !ReferenceEquals(before, Verdict.Nothing) ? before.Ruling : null;
    }

    private static string Running(string fact, int pid, ProcessState state) =>
        state == ProcessState.Running ? $"process {pid.ToString(CultureInfo.InvariantCulture)} is running" : fact;

    private static string Unknown(LoopFacts loop) => loop.Claim is { IsForeign: false, IsGone: false } claim
        ? claim.Fate?.Fact ?? $"process {claim.Pid.ToString(CultureInfo.InvariantCulture)} has not been checked yet"
        : loop.Found!.Last.Fact;
}
