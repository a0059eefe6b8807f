using OpsManager.Contract.Envelopes;

namespace OpsManager.Sources.Sprite;

/// <summary>A source on another host, for code that acts on it.</summary>
public interface ISprite
{
    /// <summary>Of the copy.</summary>
    string Repo { get; }

    /// <summary>The way that is tried first where that is not its service; null where it is.</summary>
    IFirstWay? First { get; }

    /// <summary>Its service; null where it is only pulled from.</summary>
    SpriteHttp? Service { get; }

    /// <summary>Asks it now, though it sleeps, and often for a while.</summary>
    void Wake();

    /// <summary>Asks it now, and is done when the copy of a loop is up to that.</summary>
    /// <returns>Why it is not; null where it is.</returns>
    Task<string?> RefreshAsync(string loop, CancellationToken cancel);

    /// <summary>Somebody looks at a loop: what its copy has left out is read.</summary>
    void LookAt(string loop);

    /// <summary>
    /// What its service said of a loop last, where the copy is of that moment; null where it is not, or it said nothing yet.
    /// </summary>
    SnapshotEnvelope? Said(string loop);
}
