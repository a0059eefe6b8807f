namespace OpsManager.Sources.Sprite;

/// <summary>What of a sprite's settings decides when and how it is asked.</summary>
internal sealed record PollSettings
{
    public required string Name { get; init; }

    public bool HasService { get; init; }

    /// <summary>The word of the way without a service; null where there is none.</summary>
    public string? PullWord { get; init; }

    /// <summary>The shortest time between two readings by that way.</summary>
    public TimeSpan PullInterval { get; init; }

    public bool HasPlatform { get; init; }

    /// <summary>Loops that are known to be there.</summary>
    public IReadOnlyList<string> Loops { get; init; } = [];

    /// <summary>Only <see cref="Loops"/> are read.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>Asking may wake it.</summary>
    public bool MayWake { get; init; }

    public SpriteOptions Options { get; init; } = SpriteOptions.Default;

    public bool HasPull => PullWord is not null;

    public static PollSettings From(SpriteSettings settings) => new()
    {
        Name = settings.Name,
        HasService = settings.Service is not null,
        PullWord = settings.Pull?.Word,
        PullInterval = settings.Pull is CommandTransport ? settings.Options.PullCommand : settings.Options.PullPath,
        HasPlatform = settings.Platform is not null,
        Loops = settings.Loops,
        IsNarrow = settings.IsNarrow,
        MayWake = settings.MayWake,
        Options = settings.Options,
    };
}
