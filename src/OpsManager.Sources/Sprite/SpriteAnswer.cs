namespace OpsManager.Sources.Sprite;

/// <summary>An answer that was read to its end.</summary>
public sealed record SpriteAnswer(int Status, string? Tag, TimeSpan? RetryAfter, ReadOnlyMemory<byte> Body)
{
    /// <summary>The same request was sent before, got no answer, and may have reached the service.</summary>
    public bool MayHaveArrivedBefore { get; init; }

    /// <summary>The same request may be answered better soon.</summary>
    public bool IsPassing => Status is 408 or 429 or >= 500;
}
