using OpsManager.Contract;
using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// Decides when a sprite is asked, and what: a state and what happened in, the next state and what to do out. How soon is by
/// <see cref="PollPace"/>, by which way is by what failed (docs/service.md, "When the service fails"). Has no clock, and does
/// nothing itself: <see cref="SpritePollDriver"/> does what it wants done.
/// </summary>
internal sealed class SpritePoller(PollSettings settings)
{
    private readonly SpriteOptions options = settings.Options;
    private readonly PollRounds rounds = new(settings);

    /// <summary>What follows from an input. One that ends nothing that is under way changes nothing.</summary>
    public PollStep Step(PollState state, PollInput input) => (input, state.Doing) switch
    {
        (PollInput.Started, _) => PollRounds.Do(Restarted(state), new PollAction.Tell(state.Sprite, HasCopied: false, [])),
        (PollInput.Woken, _) => Sooner(Hurried(state, input.Now), input),
        (PollInput.NewsCame, _) => Sooner(state with { HasNews = true }, input),
        (PollInput.RefreshAsked asked, _) =>
            Sooner(Hurried(state, input.Now) with { Refreshes = state.Refreshes.Add(asked.Refresh) }, input),
        (PollInput.Elapsed, PollAction.Rest) or (PollInput.Done, PollAction.Tell) => Decide(state, input),
        (PollInput.PlatformSaid said, PollAction.AskPlatform) => PlatformSaid(state, said.Warmth, input),
        (PollInput.Failed, PollAction.AskPlatform) => PlatformSaid(state, null, input),
        (PollInput.Done or PollInput.Failed, PollAction.NoteAsleep) => RoundOrRest(state, input),
        _ => state.Round is { } round && rounds.Step(state, round, input) is { } next ? next : new(state, PollAction.Continue.Instance),
    };

    /// <summary>A round that was interrupted is over, and its callers have an error.</summary>
    private static PollState Restarted(PollState state) => state with { Round = null, Refreshes = [], Copied = default };

    /// <summary>An operator who asks overrules the wait that the service wants, once.</summary>
    private PollState Hurried(PollState state, DateTimeOffset now) => state with { HurriedUntil = now + options.Hurry, HeldUntil = null };

    private PollStep Sooner(PollState state, PollInput input) =>
        state.Doing is PollAction.Rest ? Decide(state, input) : new(state, PollAction.Continue.Instance);

    /// <summary>Asks the platform first, where it is time to: what it says decides whether the sprite is asked.</summary>
    private PollStep Decide(PollState state, PollInput input) => UntilPlatform(state, input.Now) <= TimeSpan.Zero
        ? PollRounds.Do(state with { PlatformAt = input.Now }, PollAction.AskPlatform.Instance)
        : RoundOrRest(state, input);

    private PollStep PlatformSaid(PollState state, PowerState? said, PollInput input)
    {
        var wasAsleep = state.Sprite.PowerState.IsAsleep();
        if (said is null && wasAsleep)
        {
            // It was asleep when last heard of: a platform that does not answer is no reason to wake it.
            return RoundOrRest(state, input);
        }

        var warmth = said ?? PowerState.Unknown;
        // Somebody else has woken it: what they did there is looked at once.
        var wokeByItself = wasAsleep && warmth == PowerState.Running;
        var next = state with
        {
            WokeByItself = wokeByItself,
            ChangedAt = wokeByItself ? input.Now : state.ChangedAt,
            Sprite = state.Sprite with
            {
                PowerState = warmth,
                AsleepSince = warmth.IsAsleep() ? state.Sprite.AsleepSince ?? input.Now : null
            },
        };
        return warmth.IsAsleep() && !wasAsleep ? PollRounds.Do(next, PollAction.NoteAsleep.Instance) : RoundOrRest(next, input);
    }

    private PollStep RoundOrRest(PollState state, PollInput input)
    {
        var now = input.Now;
        var pace = Pace(state, input);
        var isFirst = state.RoundAt is null && (pace is not null || settings.MayWake || !state.Sprite.PowerState.IsAsleep());
        if (!state.Refreshes.IsEmpty || isFirst || state.HasNews)
        {
            return rounds.Begin(state, input);
        }

        if (pace is not { } wait)
        {
            var isAlone = !settings.IsPushed && state.Sprite.AsleepSince is null;
            var alone = state with { Sprite = state.Sprite with { IsLeftAlone = isAlone, NextTryAt = null } };
            return PollRounds.Do(alone, new PollAction.Rest(alone.Sprite, UntilPlatform(alone, now)));
        }

        if (UntilRound(state, wait, now) is not { } rest)
        {
            return rounds.Begin(state, input);
        }

        var isPlatformFirst = UntilPlatform(state, now) < rest;
        var isLost = state.Sprite is { ConnectionMode: ConnectionMode.LastKnown or ConnectionMode.Unknown, Fault: not null };
        var sprite = state.Sprite with { NextTryAt = isLost ? now + rest : null };
        return PollRounds.Do(
            state with { Sprite = sprite }, new PollAction.Rest(sprite, isPlatformFirst ? UntilPlatform(state, now) : rest));
    }

    private TimeSpan? Pace(PollState state, PollInput input)
    {
        if (settings.IsPushed && input.Service.OpenSince is null)
        {
            // What is new comes by itself; until the stream is used again, it is looked at as often as may be.
            return state.Sprite.ConnectionMode is ConnectionMode.Service && state.Sprite.FailureStreak == 0 ? null : options.Pace.Running;
        }

        return options.Pace.Next(new PollFacts(
            state.Sprite.PowerState,
            settings.MayWake,
            rounds.IsHurried(state, input.Now) || state.WokeByItself,
            state.Loops.Values.Any(static loop => loop.Lifecycle == Lifecycle.Running),
            state.Loops.Values.Any(static loop => loop.Lifecycle == Lifecycle.AwaitingApproval),
            input.Now - state.ChangedAt,
            state.Sprite.FailureStreak));
    }

    /// <summary>How long until the next round; null where it is due.</summary>
    /// <param name="pace">From the beginning of one round to that of the next.</param>
    private TimeSpan? UntilRound(PollState state, TimeSpan pace, DateTimeOffset now)
    {
        var whole = state.Sprite.ConnectionMode == ConnectionMode.Pull && settings.PullInterval > pace ? settings.PullInterval : pace;
        // A clock that was set back is no reason to wait for it.
        var rest = state.RoundAt + whole - now is { } left && left > TimeSpan.Zero && left <= whole ? left : (TimeSpan?)null;
        var isByService = settings.HasService && state.Sprite.ConnectionMode is ConnectionMode.Unknown or ConnectionMode.Service;
        return isByService && rounds.UntilReleased(state, now) is { } held && (rest is null || held > rest) ? held : rest;
    }

    /// <summary>How long until the platform is asked; null where there is none.</summary>
    private TimeSpan? UntilPlatform(PollState state, DateTimeOffset now) => !settings.HasPlatform ? null
        : state.PlatformAt is not { } asked || asked + options.Platform <= now || asked > now ? TimeSpan.Zero
        : asked + options.Platform - now;
}
