using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>
/// A run that state.json says is active, and that no active-run.json claims. Runtimes up to 0.6.0 write none, so its absence alone
/// is no evidence of death (docs/contract.md, "What the runtime really does", point 12).
/// </summary>
internal static class UnclaimedRule
{
    /// <summary>
    /// The claim of a run is written before its first event; what checks come between takes seconds, and never as long as this.
    /// </summary>
    private static readonly TimeSpan ClaimLead = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Events have whole seconds and the boot time is rounded: a start this much later than the first event is no contradiction
    /// yet.
    /// </summary>
    private static readonly TimeSpan StartSlack = TimeSpan.FromSeconds(3);

    public static Ruling Decide(RepoFacts repo, LoopFacts loop, DateTimeOffset? endedSince)
    {
        if (loop.Found is { IsAlive: true } found)
        {
            return Found(loop, found.Last);
        }

        // Where a claim stands that was written among other processes, this host's process table tells nothing of the run.
        var elsewhere = repo.ForeignClaim is { Fate.IsElsewhere: true };
        var searched = loop.Found is { IsAbsent: true } && !elsewhere;
        if (WasClaimed(loop))
        {
            var confidence = repo.ProcessesObservable ? Confidence.High : Confidence.Medium;
            var file = repo.ActiveRun.IsMissing ? "was removed"
                : repo.ForeignClaim is null ? $"now belongs to loop {repo.ActiveRun.Value?.LoopId}"
                : "now belongs to another repository";
            return new(
                Lifecycle.Failed, $"state.json is active, but active-run.json {file} and no event ended the run", confidence, endedSince);
        }

        if (searched)
        {
            return new(Lifecycle.Failed, loop.Found is { Pid: { } pid }
                ? $"process {Text(pid)}, which ran this loop, has exited and no event ended the run"
                : $"state.json is active, but {loop.Found!.Last.Fact}, and no event ended the run", Confidence.Medium, endedSince);
        }

        if (loop.Tally.WritesClaims && repo.ForeignClaim is null && !repo.IsFromLogs)
        {
            return new(
                Lifecycle.Failed,
                    "state.json is active, but active-run.json, which this runtime writes, is missing, and no event ended the run",
                        Confidence.Medium, endedSince);
        }

        var why = elsewhere ? repo.ForeignClaim!.Fate!.Fact : loop.Found?.Last.Fact ?? "its process was not searched for";
        return new(Lifecycle.Running, $"state.json is active; nothing shows whether the run's process is still running ({why})",
            Confidence.Low, loop.Tally.RunStart?.At);
    }

    /// <summary>Whether a process claimed this very run, so that a missing claim shows that the run's shell has exited.</summary>
    private static bool WasClaimed(LoopFacts loop) =>
        loop.Claim is { IsForeign: false } claim && !(claim.ClaimedAt + ClaimLead < loop.Tally.RunStart?.At);

    private static Ruling Found(LoopFacts loop, RunSearch found)
    {
        var since = loop.Tally.RunStart?.At;
        if (found.StartedAt is { } started && started > since + StartSlack)
        {
            var at = started.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            return new(Lifecycle.Running,
                $"{found.Fact}, but it started at {at}, after the run's first event: it may belong to another run", Confidence.Low, since)
            {
                IsPaused = found.State != ProcessState.Running,
            };
        }

        return new(Lifecycle.Running, $"{found.Fact}; no active-run.json says so", Confidence.Medium,
            since)
        { IsPaused = found.State != ProcessState.Running };
    }

    private static string Text(int pid) => pid.ToString(CultureInfo.InvariantCulture);
}
