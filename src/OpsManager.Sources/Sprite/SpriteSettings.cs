namespace OpsManager.Sources.Sprite;

/// <summary>One sprite, and every way to it.</summary>
public sealed record SpriteSettings
{
    public required string Name { get; init; }

    /// <summary>The way that is tried first where that is not its service; null where it is.</summary>
    public IFirstWay? First { get; init; }

    /// <summary>Its service; null where it has none. Where there is another first way, it is what is taken instead.</summary>
    public SpriteHttp? Service { get; init; }

    /// <summary>How it is read without its service; null where it cannot be.</summary>
    public ILoopTransport? Pull { get; init; }

    /// <summary>The platform that says whether it is asleep; null where there is none.</summary>
    public SpritePlatform? Platform { get; init; }

    /// <summary>Loops that are known to be there: a plain v1 service cannot list them.</summary>
    public IReadOnlyList<string> Loops { get; init; } = [];

    /// <summary>Only <see cref="Loops"/> are read: it is not asked for more.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>Asking may wake it.</summary>
    public bool MayWake { get; init; }

    public SpriteOptions Options { get; init; } = SpriteOptions.Default;
}
