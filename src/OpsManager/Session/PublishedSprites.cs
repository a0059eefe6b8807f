namespace OpsManager.Session;

/// <summary>What a fleet's stream has told of by now.</summary>
/// <param name="Stream">How the stream is called in a row of its own; null where there is none.</param>
/// <param name="Names">The sprites that are in it.</param>
/// <param name="Fault">Why it cannot be read now; null where it can.</param>
internal sealed record PublishedSprites(string? Stream, IReadOnlyList<string> Names, string? Fault)
{
    public static readonly PublishedSprites None = new(null, [], null);

    /// <summary>Whether the list of what is watched is the same by both.</summary>
    public bool IsSame(PublishedSprites other) => (Unread is null) == (other.Unread is null) && Names.SequenceEqual(other.Names);

    /// <summary>Why nothing is known of its sprites; null where something is, or there is no stream.</summary>
    public string? Unread => Names.Count == 0 ? Fault : null;
}
