using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// All that a poller wants done. One at a time: the next comes when an input has ended this one. Only <see cref="Rest"/> ends
/// early, when something happens.
/// </summary>
internal abstract record PollAction
{
    /// <summary>Nothing new: what is under way goes on.</summary>
    internal sealed record Continue : PollAction
    {
        public static readonly Continue Instance = new();
    }

    /// <summary>Publish how it is reached, then wait.</summary>
    /// <param name="For">Null: until something happens.</param>
    internal sealed record Rest(SpriteState State, TimeSpan? For) : PollAction;

    /// <summary>Publish the connection, and answer the callers that waited.</summary>
    /// <param name="HasCopied">The copy has changed, so its watcher looks.</param>
    internal sealed record Tell(SpriteState State, bool HasCopied, IReadOnlyList<RefreshAnswer> Answers) : PollAction;

    /// <summary>Ask the platform whether the sprite sleeps. This wakes nothing.</summary>
    internal sealed record AskPlatform : PollAction
    {
        public static readonly AskPlatform Instance = new();
    }

    /// <summary>The sprite was seen asleep: its requests keep it awake no more.</summary>
    internal sealed record NoteAsleep : PollAction
    {
        public static readonly NoteAsleep Instance = new();
    }

    /// <summary>Look which loops the copy has.</summary>
    internal sealed record ListCopy : PollAction
    {
        public static readonly ListCopy Instance = new();
    }

    /// <summary>Ask for the loops.</summary>
    internal sealed record ListLoops(ConnectionMode Way) : PollAction;

    /// <summary>Set aside the copies of loops that are no longer there.</summary>
    internal sealed record SetAside(IReadOnlyList<string> Loops) : PollAction;

    /// <summary>Bring the copy of one loop up to date: its snapshot, its events, its files.</summary>
    internal sealed record ReadLoop(ConnectionMode Way, string Loop) : PollAction;

    /// <summary>Keep for the next session what the copy is of, and when it was read well.</summary>
    internal sealed record KeepOrigin(string RepoPath, DateTimeOffset At) : PollAction;

    /// <summary>Ask the service that is not used once for each loop, and compare with the other way.</summary>
    internal sealed record Probe(IReadOnlyList<string> Loops) : PollAction;

    /// <summary>The way changes: what was known of answers is asked for again.</summary>
    internal sealed record ForgetAnswers : PollAction
    {
        public static readonly ForgetAnswers Instance = new();
    }

    /// <summary>The same, and the service's budget is whole again.</summary>
    internal sealed record ForgiveService : PollAction
    {
        public static readonly ForgiveService Instance = new();
    }
}
