using OpsManager.Contract.Fleet;

namespace OpsManager.Sources.Nats;

/// <summary>How a NATS server is reached, and which of its streams is the fleet's (docs/fleet.md).</summary>
public sealed record NatsSettings
{
    public const string DefaultStream = "SUPERLOOP";

    /// <summary>Addresses such as <c>nats://host:4222</c> or <c>tls://host:4222</c>, without user and password; one at least.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>What every subject begins with.</summary>
    public string Prefix { get; init; } = FleetSubject.DefaultPrefix;

    public string Stream { get; init; } = DefaultStream;

    /// <summary>Absolute path of a credentials file (<c>.creds</c>: user JWT and seed); null where none is used.</summary>
    public string? CredentialsFile { get; init; }

    /// <summary>Absolute path of a file with an NKEY seed; null where none is used.</summary>
    public string? NkeyFile { get; init; }

    /// <summary>The text of a credentials file, from the environment; null where none is used.</summary>
    public string? Credentials { get; init; }

    /// <summary>Absolute path of the certificate authority that the server is checked by; null for those of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>Absolute paths of our own certificate and of its key, in PEM; null where the server wants none.</summary>
    public string? CertificateFile { get; init; }

    public string? CertificateKeyFile { get; init; }

    /// <summary>Whether the connection is encrypted whatever the address says.</summary>
    public bool NeedsTls { get; init; }

    /// <summary>What is shown of the servers: addresses, never a secret.</summary>
    public string Shown => string.Join(", ", Servers);
}
