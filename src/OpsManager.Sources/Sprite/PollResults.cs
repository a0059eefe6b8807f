using System.Collections.Immutable;
using System.Globalization;
using OpsManager.Contract;
using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>What the result of an asking changes in what is known. Pure.</summary>
internal sealed class PollResults(PollSettings settings)
{
    private readonly SpriteOptions options = settings.Options;

    /// <summary>One loop was read.</summary>
    public static PollState Read(PollState state, PollRound round, string loop, PolledReading? reading, DateTimeOffset now)
    {
        var next = state with
        {
            LoopFaults = state.LoopFaults.Remove(loop),
            Round = round with { Next = round.Next + 1, HasCopied = round.HasCopied || reading is not null },
        };
        if (reading is null)
        {
            return next;
        }

        // What was over before this session began is not news.
        var at = !state.Loops.ContainsKey(loop) && reading.LastEventAt is { } last && last < now ? last : now;
        return next with
        {
            Loops = state.Loops.SetItem(loop, reading.Loop),
            LoopNotes = reading.Note is { } note ? state.LoopNotes.SetItem(loop, note) : state.LoopNotes.Remove(loop),
            ChangedAt = at > state.ChangedAt ? at : state.ChangedAt,
            Sprite = state.Sprite with { RepoPath = reading.RepoPath, SeesDecisions = reading.SeesDecisions },
        };
    }

    /// <summary>A loop that cannot be read is reported, and the others are still read: it does not count against the transport.</summary>
    public static PollState LoopFailed(PollState state, PollRound round, string loop, string fault) =>
        state with { LoopFaults = state.LoopFaults.SetItem(loop, fault), Round = round with { Next = round.Next + 1 } };

    /// <summary>The sprite was read to the end of the round.</summary>
    public PollState Succeeded(PollState state, ConnectionMode way, DateTimeOffset now)
    {
        var fault = First(state.LoopFaults) ?? First(state.LoopNotes);

        var sprite = state.Sprite;
        // While the service is not used, why it is not stays shown.
        var isInstead = way == ConnectionMode.Pull && settings.HasService;
        // Of a sprite that answers, and of which no loop can be read, nothing is known: health says so, the way is used on.
        var isEmpty = state.LoopFaults.Count == state.Known.Length;
        return state with
        {
            FailingSince = null,
            HeldUntil = way == ConnectionMode.Service ? null : state.HeldUntil,
            Sprite = sprite with
            {
                ConnectionMode = way,
                By = way == ConnectionMode.Pull ? settings.PullWord : settings.FirstWord,
                GoodAt = now,
                LoopFault = fault,
                Fault = isEmpty ? fault : isInstead ? sprite.Fault : null,
                FaultSince = isEmpty ? sprite.FaultSince ?? now : isInstead ? sprite.FaultSince : null,
                FailureCode = isEmpty ? FailureCodes.SnapshotUnavailable : null,
                FailureStreak = isEmpty ? sprite.FailureStreak + 1 : 0,
            },
        };
    }

    private static string? First(ImmutableSortedDictionary<string, string> words)
    {
        foreach (var (loop, why) in words)
        {
            return $"loop {loop}: {why}";
        }

        return null;
    }

    /// <summary>The sprite could not be read by a way.</summary>
    public PollState Failed(PollState state, ConnectionMode way, PollInput.Failed failed)
    {
        var since = state.FailingSince ?? failed.Now;
        var sprite = state.Sprite;
        // A transport without a service that fails for so long is no longer used.
        var isWithoutService = sprite.ConnectionMode == ConnectionMode.Pull
            || (sprite.ConnectionMode == ConnectionMode.Unknown && !settings.HasService);
        var isLost = isWithoutService && failed.Now - since >= options.FallBackAfter;
        return state with
        {
            FailingSince = since,
            HeldUntil = way == ConnectionMode.Service ? Held(failed) : state.HeldUntil,
            Sprite = sprite with
            {
                ConnectionMode = isLost ? ConnectionMode.LastKnown : sprite.ConnectionMode,
                Fault = failed.Message,
                FaultSince = sprite.FaultSince ?? failed.Now,
                FailureCode = failed.Code,
                FailureStreak = sprite.FailureStreak + 1,
            },
        };
    }

    /// <summary>The service is given up for now; why stays shown.</summary>
    public PollState FallenBack(PollState state, PollInput input)
    {
        var budget = input.Service.Budget;
        var fault = state.Sprite.Fault ?? string.Create(
            CultureInfo.InvariantCulture,
            $"the error budget of the {settings.FirstWord} is spent: {budget.Failed} of {budget.Total} requests failed, "
                + $"{budget.Allowed} are allowed");
        return state with
        {
            GoodProbes = 0,
            ProbedAt = input.Now,
            // How often the service failed is no reason to wait with the other way.
            RoundAt = settings.HasPull ? null : state.RoundAt,
            Sprite = state.Sprite with
            {
                Fault = fault,
                ConnectionMode = settings.HasPull ? ConnectionMode.Pull : ConnectionMode.LastKnown,
                By = settings.PullWord,
                FaultSince = state.Sprite.FaultSince ?? input.Now,
            },
        };
    }

    /// <summary>The service was well once more; several times in a row, and it is used again.</summary>
    public PollState ProbedWell(PollState state)
    {
        var next = state with { GoodProbes = state.GoodProbes + 1, HeldUntil = null };
        // Where nothing is read instead, there is nothing to compare with: a stream that can be read again is used at once.
        if (next.GoodProbes >= (settings is { IsPushed: true, HasPull: false } ? 1 : options.ProbesWell))
        {
            return next with
            {
                FailingSince = null,
                Sprite = state.Sprite with
                {
                    ConnectionMode = ConnectionMode.Service,
                    By = settings.FirstWord,
                    Fault = null,
                    FaultSince = null,
                    FailureCode = null,
                    FailureStreak = 0,
                },
            };
        }

        return state.Sprite.ConnectionMode == ConnectionMode.LastKnown
            ? next with { Sprite = state.Sprite with { FailureStreak = 1 } }
            : next;
    }

    /// <summary>The service is not well yet, or says something else than the other way.</summary>
    public PollState ProbeFailed(PollState state, PollInput.Failed failed) => state with
    {
        GoodProbes = 0,
        HeldUntil = Held(failed),
        Sprite = state.Sprite with
        {
            Fault = failed.Message,
            FailureStreak = state.Sprite.ConnectionMode == ConnectionMode.LastKnown
                ? state.Sprite.FailureStreak + 1
                : state.Sprite.FailureStreak,
        },
    };

    /// <summary>Until when the service wants to be left alone: at most so long as the docs say.</summary>
    private DateTimeOffset? Held(PollInput.Failed failed) =>
        failed.RetryAfter is { } wanted ? failed.Now + (wanted < options.MaxRetryAfter ? wanted : options.MaxRetryAfter) : null;
}
