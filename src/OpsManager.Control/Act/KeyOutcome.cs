using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>What is in force of a key, beside what was answered to it.</summary>
internal static class KeyOutcome
{
    /// <summary>What the artifacts say now; what was recorded where they say nothing; null where that was nothing either.</summary>
    public static OutcomeNow? Now(RepoModel repo, LoopModel loop, KeyHistory history)
    {
        if (history.Case is not { } known)
        {
            return null;
        }

        var attempt = known.StartedAt is null ? null : ControlAttempt.From(repo.Path, loop.Id, known);
        return attempt is not null && Verifier.Judge(attempt, repo, loop) is { } outcome ? Now(outcome)
            : known.Outcome is { } told ? new OutcomeNow(told, known.Why)
            : null;
    }

    public static OutcomeNow? Now(Outcome? outcome) => outcome switch
    {
        null => null,
        Outcome.Refused refused => new(outcome.Word, refused.Why),
        Outcome.Contradicted contradicted => new(outcome.Word, contradicted.Why),
        Outcome.Unknown unknown => new(outcome.Word, unknown.Why),
        _ => new(outcome.Word),
    };

    /// <summary>The outcome of what was sent by a manager that ended before it could record it.</summary>
    public static Outcome OfBroken(Outcome seen) => seen is Outcome.Unknown unknown
        ? new Outcome.Unknown($"whoever sent it ended before its outcome was recorded, and it is not sent again: {unknown.Why}")
        : seen;
}
