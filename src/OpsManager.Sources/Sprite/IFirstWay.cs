using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// The way by which a sprite is read as long as it works: its service, or a fleet's stream. Another way is taken where it fails
/// (docs/service.md, "When the service fails").
/// </summary>
public interface IFirstWay
{
    /// <summary>How many of its requests failed.</summary>
    BudgetReading Budget { get; }

    /// <summary>Since when nothing gets through; null where something does.</summary>
    DateTimeOffset? OpenSince { get; }

    /// <summary>For how long the requests have kept the sprite awake, at most.</summary>
    TimeSpan KeptAwake { get; }

    /// <summary>What the operator must know of the sprite though it is read well; null where there is nothing.</summary>
    string? Note { get; }

    /// <summary>Whether it says by itself that something is new: then nothing is polled.</summary>
    bool IsPushed { get; }

    /// <param name="isProbing">Ask once only, whatever failed before.</param>
    ILoopTransport Open(bool isProbing);

    /// <summary>The sprite was seen asleep.</summary>
    void Slept();

    /// <summary>What failed before no longer counts.</summary>
    void Forgive();

    /// <summary>Has somebody told whenever something is new, where it says that; null ends it.</summary>
    void Listen(Action? listener);
}
