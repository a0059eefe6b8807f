using OpsManager.Contract.Words;

namespace OpsManager.Sources.Sprite;

/// <summary>What of a sprite's settings decides when and how it is asked.</summary>
internal sealed record PollSettings
{
    public required string Name { get; init; }

    /// <summary>There is a first way: a service, or a fleet's stream.</summary>
    public bool HasService { get; init; }

    /// <summary>The word of the first way.</summary>
    public string FirstWord { get; init; } = WayNames.Service;

    /// <summary>The first way says by itself what is new: while it works, nothing is polled.</summary>
    public bool IsPushed { get; init; }

    /// <summary>The word of the way that is taken instead of the first; null where there is none.</summary>
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
        HasService = settings.First is not null || settings.Service is not null,
        FirstWord = settings.First?.Open(isProbing: false).Word ?? WayNames.Service,
        IsPushed = settings.First?.IsPushed == true,
        PullWord = settings.First is not null && settings.Service is not null ? WayNames.Service : settings.Pull?.Word,
        PullInterval = settings.Pull is CommandTransport ? settings.Options.PullCommand : settings.Options.PullPath,
        HasPlatform = settings.Platform is not null,
        Loops = settings.Loops,
        IsNarrow = settings.IsNarrow,
        MayWake = settings.MayWake,
        Options = settings.Options,
    };
}
