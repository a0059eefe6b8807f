namespace OpsManager.Sources.Sprite;

/// <summary>
/// The way by which a sprite is read as long as it works: its service, or a fleet's stream. Another way is taken where it fails
/// (docs/service.md, "When the service fails").
/// </summary>
public interface IFirstWay
{
    /// <summary>What came of reading by it.</summary>
    ServiceReading Reading { get; }

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
