using System.Collections.Immutable;
using OpsManager.Contract.Words;
using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>All that a poller knows of its sprite between two inputs. Immutable.</summary>
internal sealed record PollState
{
    /// <summary>How it is reached now; before anything was asked, what an earlier session knew.</summary>
    public required SpriteState Sprite { get; init; }

    /// <summary>What is under way; null before the first start.</summary>
    public PollAction? Doing { get; init; }

    /// <summary>How far the round is; null between two rounds.</summary>
    public PollRound? Round { get; init; }

    /// <summary>What was read of each loop in this session.</summary>
    public ImmutableDictionary<string, PolledLoop> Loops { get; init; } =
        ImmutableDictionary.Create<string, PolledLoop>(StringComparer.Ordinal);

    /// <summary>Loops that could not be read last, and why.</summary>
    public ImmutableSortedDictionary<string, string> LoopFaults { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What must be said of loops though they were read.</summary>
    public ImmutableSortedDictionary<string, string> LoopNotes { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The first way has said that something is new, and it was not read since.</summary>
    public bool HasNews { get; init; }

    /// <summary>The loops that the sprite listed last.</summary>
    public ImmutableArray<string> Listed { get; init; } = [];

    /// <summary>Its list says which loops have changed.</summary>
    public bool IsTagged { get; init; }

    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>Loops that the copy may have; default before it was looked at.</summary>
    public ImmutableArray<string> Copied { get; init; }

    /// <summary>The loops that are read, in order.</summary>
    public ImmutableArray<string> Known { get; init; } = [];

    /// <summary>When the last round began; null before the first one, and before the first one by another way.</summary>
    public DateTimeOffset? RoundAt { get; init; }

    public DateTimeOffset? PlatformAt { get; init; }

    public DateTimeOffset? ProbedAt { get; init; }

    /// <summary>When anything of it changed last.</summary>
    public DateTimeOffset ChangedAt { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Since when it fails; null where it does not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Until when it is asked often, because the operator has asked for it.</summary>
    public DateTimeOffset HurriedUntil { get; init; }

    /// <summary>Until when its service wants to be left alone; null where it did not say.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Good probes in a row of a service that is not used.</summary>
    public int GoodProbes { get; init; }

    /// <summary>Somebody else has woken it, and it was not looked at since.</summary>
    public bool WokeByItself { get; init; }

    /// <summary>Callers that wait for a round that has not begun.</summary>
    public ImmutableList<Refresh> Refreshes { get; init; } = [];

    /// <summary>Before the first start.</summary>
    /// <param name="origin">What an earlier session copied, and when; null where none did.</param>
    /// <param name="firstWay">In a word.</param>
    public static PollState Create(string name, (string RepoPath, DateTimeOffset At)? origin, string firstWay = WayNames.Service) =>
        new() { Sprite = new() { Name = name, RepoPath = origin?.RepoPath, GoodAt = origin?.At, FirstWay = firstWay } };
}

/// <summary>How far one round of asking is.</summary>
internal sealed record PollRound
{
    /// <summary>Callers that wait for this round.</summary>
    public ImmutableList<Refresh> Waiting { get; init; } = [];

    /// <summary>The transport by which the sprite is read now.</summary>
    public ConnectionMode Way { get; init; }

    /// <summary>Loops of which the list says that the copy is up to date.</summary>
    public ImmutableHashSet<string> Unchanged { get; init; } = [];

    /// <summary>The loops that are to be read; <see cref="Next"/> is the one that is being read.</summary>
    public ImmutableArray<string> Queue { get; init; } = [];

    public int Next { get; init; }

    /// <summary>The copy has changed.</summary>
    public bool HasCopied { get; init; }
}

/// <summary>What a poller wants next.</summary>
internal readonly record struct PollStep(PollState State, PollAction Action);
