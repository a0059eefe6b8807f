using System.IO.Abstractions;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>
/// Keeps verifying intents that nobody waits for: those that a manager left unfinished, and those with late evidence. It only ever
/// adds rows. Looks at every model, on the pipeline's thread.
/// </summary>
/// <param name="isOurs">Whether somebody in this process is still looking for the effect of a key.</param>
internal sealed class CaseRecorder(IFileSystem files, TimeProvider time, Func<string, bool> isOurs) : IModelRecorder
{
    /// <summary>Another manager may still be verifying its own intent: it has this long to record the outcome first.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(2);

    /// <summary>When each unfinished case was seen first, by a clock that is never set.</summary>
    private readonly Dictionary<string, long> firstSeen = [];

    /// <summary>What was recorded of a key and may not have been read back yet.</summary>
    private readonly Dictionary<string, string?> told = [];

    public void Record(RepoModel repo, LoopModel loop)
    {
        foreach (var known in loop.Cases.Recorded)
        {
            if (known.MayChange && !isOurs(known.Key) && IsReadThrough(loop))
            {
                Record(repo, loop, known);
            }
        }
    }

    /// <summary>A part of the files would give another result than all of them.</summary>
    private static bool IsReadThrough(LoopModel loop) =>
        loop.EventsCondition != ArtifactCondition.Unseen
            && loop is { Withheld: null, Log: not { IsTail: true } }
            && loop.Decisions.Condition != ArtifactCondition.Unseen
        && loop.Approval.Condition is ArtifactCondition.Present or ArtifactCondition.Missing;

    private void Record(RepoModel repo, LoopModel loop, ControlCase known)
    {
        if (ControlEntry.From(repo.Path, loop.Id, known) is not { } entry)
        {
            return;
        }

        var waited = known.IsPending ? SinceFirstSeen(known.Key) : TimeSpan.MaxValue;
        var outcome = waited < Courtesy ? null
            : Verifier.Judge(entry.Attempt, repo, loop)
                ?? (known.IsPending && waited >= entry.Timeout + Courtesy ? GivenUp(repo, loop, known, entry.Attempt) : null);
        // Of a success, only the contrary decision is news beside a later step: what else came after it says nothing against it.
        if (outcome is null || (known.IsSuccess && outcome is Outcome.Contradicted { IsOverruling: false })
            || !Outcomes.IsMore(outcome.Word, told.GetValueOrDefault(known.Key, known.Outcome), known.Intent))
        {
            return;
        }

        if (new CaseAppender(files, time, repo.Path, loop.Id).TryAdd(known, outcome))
        {
            told[known.Key] = outcome.Word;
            firstSeen.Remove(known.Key);
        }
    }

    private static Outcome GivenUp(RepoModel repo, LoopModel loop, ControlCase known, ControlAttempt attempt) =>
        known.ExitCode is not null and not 0
        ? known.Execution().Failure()
        : new Outcome.Unknown($"its sender exited before the result was verified: {Verifier.WhyUnknown(attempt, repo, loop)}");

    private TimeSpan SinceFirstSeen(string key)
    {
        if (!firstSeen.TryGetValue(key, out var since))
        {
            firstSeen[key] = since = time.GetTimestamp();
        }

        return time.GetElapsedTime(since);
    }
}
