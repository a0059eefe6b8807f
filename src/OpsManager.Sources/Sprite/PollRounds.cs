using System.Collections.Immutable;
using OpsManager.Contract;
using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// The steps inside a round: the list, loop after loop, and the other way where one fails. Pure, as <see cref="SpritePoller"/> is.
/// </summary>
internal sealed class PollRounds(PollSettings settings)
{
    /// <summary>Loops of one sprite that are read.</summary>
    private const int MaxLoops = 1000;

    private readonly SpriteOptions options = settings.Options;
    private readonly PollResults results = new(settings);
    private readonly ImmutableArray<string> named = [.. settings.Loops];

    /// <summary>A step that begins an action.</summary>
    public static PollStep Do(PollState state, PollAction action) => new(state with { Doing = action }, action);

    /// <summary>Whether the operator has asked for it a moment ago.</summary>
    public bool IsHurried(PollState state, DateTimeOffset now) => now < state.HurriedUntil && state.HurriedUntil - now <= options.Hurry;

    /// <summary>How long the service wants to be left alone still; null where it does not.</summary>
    public TimeSpan? UntilReleased(PollState state, DateTimeOffset now) =>
        state.HeldUntil - now is { } left && left > TimeSpan.Zero && left <= options.MaxRetryAfter ? left : null;

    /// <summary>Begins a round for all callers that wait now.</summary>
    public PollStep Begin(PollState state, PollInput input)
    {
        var begun = state with
        {
            RoundAt = input.Now,
            WokeByItself = false,
            Round = new PollRound { Waiting = state.Refreshes },
            Refreshes = [],
            HasNews = false,
        };
        return settings.IsNarrow ? ByAnyWay(begun with { Known = named }, input)
            : begun.Copied.IsDefault ? Do(begun, PollAction.ListCopy.Instance)
            : ByAnyWay(begun, input);
    }

    /// <summary>What follows from an input; null where it ends nothing that is under way.</summary>
    public PollStep? Step(PollState state, PollRound round, PollInput input) => (input, state.Doing) switch
    {
        (PollInput.CopyListed copy, PollAction.ListCopy) => ByAnyWay(WithLoops(state with { Copied = [.. copy.Loops] }), input),
        (PollInput.LoopsListed list, PollAction.ListLoops) => Listed(state, round, list.Loops, input),
        (PollInput.Done, PollAction.SetAside aside) => ReadQueue(WithoutLoops(state, round, aside.Loops), input),
        (PollInput.LoopRead read, PollAction.ReadLoop asked) =>
            NextLoop(PollResults.Read(state, round, asked.Loop, read.Reading, input.Now), input),
        (PollInput.Failed failed, PollAction.ReadLoop asked) when ServiceProbe.IsOfLoop(failed.Code) =>
            NextLoop(PollResults.LoopFailed(state, round, asked.Loop, failed.Message), input),
        (PollInput.Done, PollAction.KeepOrigin) => Succeeded(state, round, input),
        (PollInput.ProbedWell, PollAction.Probe) => ProbedWell(state, input),
        (PollInput.Failed failed, PollAction.Probe) => Instead(results.ProbeFailed(state, failed), input),
        (PollInput.Done, PollAction.ForgiveService) => Read(state, ConnectionMode.Service, input),
        (PollInput.Done or PollInput.Failed, PollAction.ForgetAnswers) => Finish(state, input),
        (PollInput.Failed failed, not PollAction.Probe) => Failed(state, round, failed),
        _ => null,
    };

    private PollStep ByAnyWay(PollState state, PollInput input) => !settings.HasService ? Read(state, ConnectionMode.Pull, input)
        : state.Sprite.ConnectionMode is ConnectionMode.Unknown or ConnectionMode.Service ? Read(state, ConnectionMode.Service, input)
        : IsProbeDue(state, input.Now) ? Do(state with { ProbedAt = input.Now }, new PollAction.Probe(state.Known))
        : Instead(state, input);

    /// <summary>Reads by the way without a service, where there is one.</summary>
    private PollStep Instead(PollState state, PollInput input) =>
        settings.HasPull ? Read(state, ConnectionMode.Pull, input) : Finish(state, input);

    /// <summary>A stream is looked at without waking anybody.</summary>
    private TimeSpan ProbeEvery => settings.IsPushed ? options.Pace.Running : options.Probe;

    private bool IsProbeDue(PollState state, DateTimeOffset now) => UntilReleased(state, now) is null
        && (IsHurried(state, now) || !(now - state.ProbedAt < ProbeEvery && now >= state.ProbedAt));

    /// <summary>Lists the loops, where it is time to; where the list tells which of several have changed, in every round.</summary>
    private PollStep Read(PollState state, ConnectionMode way, PollInput input)
    {
        var begun = state with { Round = state.Round! with { Way = way, Unchanged = [], Queue = [], Next = 0 } };
        // Nothing is polled where news comes by itself: a loop that is new is only seen in the round that it brings about.
        var tellsChanges = (state.IsTagged && state.Listed.Length > 1) || (settings.IsPushed && way == ConnectionMode.Service);
        var isListed = !tellsChanges && input.Now - state.ListedAt < options.ListLoops;
        return settings.IsNarrow || isListed ? ReadQueue(begun, input) : Do(begun, new PollAction.ListLoops(way));
    }

    private PollStep Listed(PollState state, PollRound round, IReadOnlyList<ListedLoop>? list, PollInput input)
    {
        var at = state with { ListedAt = input.Now };
        if (list is null)
        {
            return ReadQueue(at, input);
        }

        ImmutableArray<string> names = [.. list.Select(static loop => loop.Id).Where(ArtifactPaths.IsLoopId).Take(MaxLoops)];
        var next = at with
        {
            IsTagged = list.Any(static loop => loop.HasTag),
            Round = round with { Unchanged = [.. list.Where(static loop => loop.IsCopied).Select(static loop => loop.Id)] },
        };
        if (state.ListedAt is null || !names.AsSpan().SequenceEqual(state.Listed.AsSpan()))
        {
            next = WithLoops(next with { Listed = names });
        }

        string[] gone = [.. next.Copied.Except(names).Except(named)];
        return gone.Length > 0 ? Do(next, new PollAction.SetAside(gone)) : ReadQueue(next, input);
    }

    private PollState WithoutLoops(PollState state, PollRound round, IReadOnlyList<string> gone) => WithLoops(state with
    {
        Copied = state.Copied.RemoveRange(gone, StringComparer.Ordinal),
        Loops = state.Loops.RemoveRange(gone),
        Round = round with { HasCopied = true },
    });

    /// <summary>Names the loops that are read: those of the settings and of the list; without a list, those of the copy.</summary>
    private PollState WithLoops(PollState state)
    {
        var hasList = state.ListedAt is not null && state.Listed.Length > 0;
        ImmutableArray<string> known = [.. named.Union(state.Listed).Union(hasList ? [] : state.Copied).Order(StringComparer.Ordinal)];
        // A loop that is read may be in the copy from then on, though a fault may come between.
        return state with { Known = known, Copied = [.. state.Copied.Union(known)] };
    }

    private PollStep ReadQueue(PollState state, PollInput input)
    {
        var loops = state.Known;
        if (loops.Length == 0)
        {
            var fault = $"{settings.Name} does not list its loops, and config.yaml has none: name them there (loops: [NAME])";
            var failed = new PollInput.Failed(input.Now, FailureCodes.SnapshotUnavailable, fault) { Service = input.Service };
            return Failed(state, state.Round!, failed);
        }

        var gone = state.LoopFaults.IsEmpty ? [] : state.LoopFaults.Keys.Except(loops);
        var unchanged = state.Round!.Unchanged;
        var queue = unchanged.IsEmpty ? loops : [.. loops.Where(loop => !unchanged.Contains(loop))];
        return NextLoop(
            state with
            {
                LoopFaults = state.LoopFaults.RemoveRange(gone),
                Round = state.Round with { Queue = queue, Next = 0 },
            },
            input);
    }

    private PollStep NextLoop(PollState state, PollInput input)
    {
        var round = state.Round!;
        return round.Next < round.Queue.Length ? Do(state, new PollAction.ReadLoop(round.Way, round.Queue[round.Next]))
            : state.Sprite.RepoPath is { } path ? Do(state, new PollAction.KeepOrigin(path, input.Now))
            : Succeeded(state, round, input);
    }

    private PollStep Succeeded(PollState state, PollRound round, PollInput input) =>
        AfterReading(results.Succeeded(state, round.Way, input.Now), round, input);

    private PollStep Failed(PollState state, PollRound round, PollInput.Failed failed) =>
        AfterReading(results.Failed(state, round.Way, failed), round, failed);

    /// <summary>
    /// Gives the service up, where it is lost. Retries may hide what burns the budget: where there is another way, it is taken before.
    /// </summary>
    private PollStep AfterReading(PollState state, PollRound round, PollInput input)
    {
        var isLost = round.Way == ConnectionMode.Service
            && (state.Sprite.FailureCode is not null ? IsLost(state, input) : settings.HasPull && input.Service.Budget.IsSpent);
        return isLost ? Do(results.FallenBack(state, input), PollAction.ForgetAnswers.Instance) : Finish(state, input);
    }

    private bool IsLost(PollState state, PollInput input) => input.Service.Budget.IsSpent
        || input.Now - input.Service.OpenSince >= options.FallBackAfter
        || input.Now - state.FailingSince >= options.FallBackAfter;

    private PollStep ProbedWell(PollState state, PollInput input)
    {
        var well = results.ProbedWell(state);
        return well.Sprite.ConnectionMode == ConnectionMode.Service ? Do(well, PollAction.ForgiveService.Instance) : Instead(well, input);
    }

    private static PollStep Finish(PollState state, PollInput input)
    {
        var round = state.Round!;
        var sprite = state.Sprite with
        {
            Budget = input.Service.Budget,
            KeptAwake = input.Service.KeptAwake,
            LoopFault = input.Service.Note ?? state.Sprite.LoopFault,
            IsLeftAlone = false,
        };
        RefreshAnswer[] answers = round.Waiting.IsEmpty ? [] : [.. round.Waiting.Select(waiting =>
            new RefreshAnswer(waiting.Id, sprite.FailureCode is null ? state.LoopFaults.GetValueOrDefault(waiting.Loop) : sprite.Fault))];
        return Do(state with { Sprite = sprite, Round = null }, new PollAction.Tell(sprite, round.HasCopied, answers));
    }
}
