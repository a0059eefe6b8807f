using System.Collections.Immutable;
using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Events;
using OpsManager.Core.Facts;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>
/// A cancel that a manager sent and that took effect explains why its run has stopped: the runtime logs no event and deletes the
/// shared files (docs/contract.md, "What the runtime really does", point 7). It explains the run that it stopped and no later one.
/// A cancel that was refused, contradicted or stayed unknown explains nothing.
/// </summary>
internal static class CancelRule
{
    /// <summary>How long a run may go on writing after the command has ended: the runtime uses force after 10 s.</summary>
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(15);

    public static Ruling? Decide(RepoFacts repo, LoopFacts loop, ImmutableArray<SentCancel> cancels, Verdict before)
    {
        if (loop.Approval.Value is { IsDecided: true })
        {
            return null;
        }

        if (Confirmed(repo, loop, cancels) is { } known)
        {
            var at = known.ExecutedAt ?? EndOf(known);
            var time = at.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            return new(Lifecycle.Stopped, $"cancelled by {By(known)} at {time}", Confidence.High, at);
        }

        // The process goes first and the files follow: in between, the run is not one that died.
        return loop.Claim is { IsGone: true } gone && UnderWay(repo, loop, cancels) is { } pending && !HasEndedSince(loop, pending)
            ? new(
                Lifecycle.Stopped,
                $"process {gone.Pid} has exited while a cancel by {By(pending.Known)} is being carried out",
                Confidence.Medium,
                gone.GoneSince)
            : Spared(repo, loop, cancels, before);
    }

    /// <summary>
    /// A cancel clears the files that all loops share. It stops no run that was over before: one that was idle stays so, and one that
    /// had failed stays so where the cancel is known to have hit another loop.
    /// </summary>
    private static Ruling? Spared(RepoFacts repo, LoopFacts loop, ImmutableArray<SentCancel> cancels, Verdict before)
    {
        if (!repo.State.IsMissing || !repo.ActiveRun.IsMissing || loop is not { Claim: not { IsAlive: true }, Tally.End: null })
        {
            return null;
        }

        var isSpared = before.RunId is not null && before.RunId == Rulebook.CurrentRun(loop) && before.Lifecycle switch
        {
            Lifecycle.Idle => true,
            Lifecycle.Failed => repo.FactsOfLoops().Any(other => other.Id != loop.Id && Explains(repo, other, cancels)),
            _ => false,
        };
        return isSpared ? before.Ruling : null;
    }

    /// <summary>Whether a cancel that was sent explains the loop as it is now: it has stopped the newest run, or is about to.</summary>
    public static bool Explains(RepoFacts repo, LoopFacts loop, ImmutableArray<SentCancel> cancels) =>
        Confirmed(repo, loop, cancels) is not null || UnderWay(repo, loop, cancels) is not null;

    /// <summary>The newest cancel that is known to have stopped the newest run of the loop; null where there is none.</summary>
    private static ControlCase? Confirmed(RepoFacts repo, LoopFacts loop, ImmutableArray<SentCancel> cancels)
    {
        if (loop.Claim is { IsAlive: true } || repo.IsClaimed(loop.Id) || repo.IsActive(loop.Id))
        {
            return null;
        }

        ControlCase? newest = null;
        foreach (var sent in SentTo(repo, loop, cancels))
        {
            var isNewest = !(newest?.StartedAt > sent.Known.StartedAt);
            if (sent.Known.IsSuccess && isNewest && !HasStartedSince(loop, sent) && !HasEndedSince(loop, sent))
            {
                newest = sent.Known;
            }
        }

        return newest;
    }

    /// <summary>A cancel that is being carried out on the very process that claims the loop; null where there is none.</summary>
    private static Sent? UnderWay(RepoFacts repo, LoopFacts loop, ImmutableArray<SentCancel> cancels)
    {
        if (loop.Claim is not { } claim)
        {
            return null;
        }

        foreach (var sent in SentTo(repo, loop, cancels))
        {
            // Whoever sent it may have been killed: then nobody carries it out now.
            var limit = TimeSpan.FromSeconds(Math.Clamp(sent.Known.TimeoutSeconds ?? 30, 0, 3600)) + Stopping;
            if (sent.Known.IsPending && sent.Aim.Pid == claim.Pid && sent.Known.StartedAt is { } at && repo.Ages.Since(at) <= limit)
            {
                return sent;
            }
        }

        return null;
    }

    /// <summary>
    /// The cancels that hit this loop, whichever loop they were asked for: they are for the repository. One that found no process
    /// cleared what a crash had left of the loop that it was asked for.
    /// </summary>
    private static IEnumerable<Sent> SentTo(RepoFacts repo, LoopFacts loop, ImmutableArray<SentCancel> cancels) =>
        from sent in cancels
        let aim = sent.Known.Aim
        where aim.Pid is null ? sent.Asked == loop.Id && aim.IsActive : aim.PidLoop == loop.Id && !aim.PidGone
        select new Sent(sent.Known, aim, sent.Asked == loop.Id && loop is { Withheld: null, Log.IsTail: false });

    private static bool HasStartedSince(LoopFacts loop, Sent sent)
    {
        var end = EndOf(sent.Known);
        if (loop.Claim is { } claim && (claim.ClaimedAt > end || (claim.Pid != sent.Aim.Pid && claim.ClaimedAt >= sent.Known.StartedAt)))
        {
            return true;
        }

        return IsSince(loop.Tally.RunStart) || IsSince(loop.Tally.IterationStart) || IsSince(loop.Tally.RoleAtWork);

        // The run that was stopped may have written until it was gone.
        bool IsSince(EventMoment? work) => work is not null && work.At > end && !(sent.KnowsLines && work.Line <= sent.Aim.Events);
    }

    /// <summary>A cancel logs no end: one that was logged since is that of a run which ended by itself.</summary>
    private static bool HasEndedSince(LoopFacts loop, Sent sent) => loop.Tally.End is { } end
        && (sent.KnowsLines ? end.Line > sent.Aim.Events : end.At >= sent.Known.StartedAt);

    /// <summary>When the run was over at the latest; all times of the record are whole seconds.</summary>
    private static DateTimeOffset EndOf(ControlCase known)
    {
        var executed = (known.ExecutedAt ?? known.StartedAt!.Value) + Stopping;
        return known.ToldAt is { } told && told < executed ? told : executed;
    }

    private static string By(ControlCase known) => known.By ?? "somebody";

    /// <summary>A cancel that was meant for a loop.</summary>
    /// <param name="KnowsLines">Its lines are those of the loop's log.</param>
    private sealed record Sent(ControlCase Known, ControlAim Aim, bool KnowsLines);
}
