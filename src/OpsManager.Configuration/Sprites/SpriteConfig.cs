using OpsManager.Configuration.Yaml;
using OpsManager.Contract.Manager;

namespace OpsManager.Configuration.Sprites;

/// <summary>One sprite of config.yaml. Two are equal where the file says the same of both.</summary>
/// <param name="Name">As it is in the file and on the screen.</param>
public sealed record SpriteConfig(string Name)
{
    /// <summary>Percent of time.</summary>
    public const decimal DefaultObjective = 99;

    /// <summary>
    /// Absolute path of a repository on this host; with <see cref="Url"/> it is what is read where the service is not reached.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>Where the sprite's service is.</summary>
    public Uri? Url { get; init; }

    /// <summary>Where the token for the sprite's address is: it goes into Authorization.</summary>
    public TokenPlace? SpriteToken { get; init; }

    /// <summary>Where the token of the service is: it goes into X-Ops-Token.</summary>
    public TokenPlace? ServiceToken { get; init; }

    /// <summary>The words before the verb of a command that is run on the sprite; empty where there is none.</summary>
    public ValueList<string> Pull { get; init; } = ValueList<string>.Empty;

    /// <summary>Absolute path of the repository on the sprite, for <see cref="Pull"/>.</summary>
    public string? Repo { get; init; }

    /// <summary>The loops to ask for if the service does not list them; empty otherwise.</summary>
    public ValueList<string> Loops { get; init; } = ValueList<string>.Empty;

    /// <summary>How far this manager may act on the sprite; null where the file does not say, and each loop's own stage decides.</summary>
    public RolloutStage? Stage { get; init; }

    /// <summary>The same as the file writes it.</summary>
    public string? StageWord => Stage is { } stage ? SpriteReader.Stages[(int)stage] : null;

    /// <summary>
    /// Whether it is read from the stream that <c>nats</c> names. Then <see cref="Url"/>, <see cref="Pull"/> and <see cref="Path"/> are
    /// what is used while that is not reached.
    /// </summary>
    public bool Nats { get; init; }

    /// <summary>Words to find it by, in the order of the file, each once.</summary>
    public ValueList<string> Labels { get; init; } = ValueList<string>.Empty;

    /// <summary>One of the names of <see cref="Themes.ColorNames"/>; null for that of the theme.</summary>
    public string? Color { get; init; }

    /// <summary>Where the platform that runs the sprite is asked about it; null for nowhere.</summary>
    public PlatformConfig? Platform { get; init; }

    /// <summary>Percent of time in which the sprite should be reached.</summary>
    public decimal Objective { get; init; } = DefaultObjective;

    /// <summary>Whether looking at it may wake it.</summary>
    public bool Wake { get; init; }

    /// <summary>Whether the other one is watched in the same way: only how they look, and who may act on them, may differ.</summary>
    public bool IsReachedAs(SpriteConfig other) => this with { Labels = other.Labels, Color = other.Color, Stage = other.Stage } == other;
}

/// <summary>Where a token is found: in an environment variable or in a file, and never in the settings themselves.</summary>
/// <param name="Variable">The variable's name; null where it is a file.</param>
/// <param name="File">The file's absolute path; null where it is a variable.</param>
public sealed record TokenPlace(string? Variable, string? File)
{
    public override string ToString() => Variable is not null ? $"${Variable}" : File ?? "";
}

/// <summary>Where the platform that runs a sprite is asked about it.</summary>
/// <param name="Name">The sprite's name on the platform.</param>
/// <param name="Token">Its own token, or that of the sprite's address; null where the file names neither.</param>
public sealed record PlatformConfig(Uri Api, string Name, TokenPlace? Token)
{
    public static readonly Uri DefaultApi = new("https://api.sprites.dev");
}
