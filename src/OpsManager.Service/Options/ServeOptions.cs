namespace OpsManager.Service.Options;

/// <summary>How the service is run.</summary>
public sealed record ServeOptions
{
    /// <summary>Seen on this host alone.</summary>
    public const string DefaultHost = "127.0.0.1";

    public const int DefaultPort = 8787;

    /// <summary>See <see cref="MaxInFlight"/>.</summary>
    public const int DefaultMaxInFlight = 64;

    /// <summary>Absolute path of the repository.</summary>
    public required string Repo { get; init; }

    /// <summary>An address, or <c>localhost</c>.</summary>
    public string Host { get; init; } = DefaultHost;

    /// <summary>0 for any that is free.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Absolute path of a Unix socket to listen on instead of an address; null for the address.</summary>
    public string? Socket { get; init; }

    /// <summary>Null where none is wanted, on this host alone.</summary>
    public string? Token { get; init; }

    /// <summary>The runtime's command as it was named; null to look for it.</summary>
    public string? RuntimeCommand { get; init; }

    /// <summary>Send nothing.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How many requests are answered at a time; a further one is refused after a wait.</summary>
    public int MaxInFlight { get; init; } = DefaultMaxInFlight;

    /// <summary>What is published to a message bus besides; null where nothing is.</summary>
    public PublishOptions? Publish { get; init; }
}
