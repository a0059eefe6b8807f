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

    /// <summary>
    /// What the subjects begin with on which answers come: a user may be allowed its own alone, so that it cannot read those of others.
    /// </summary>
    public string Inbox { get; init; } = "_INBOX.screen";

    /// <summary>Absolute path of a credentials file (<c>.creds</c>: user JWT and seed); null where none is used.</summary>
    public string? CredentialsFile { get; init; }

    /// <summary>Absolute path of a file with an NKEY, its seed and its public half a line each; null where none is used.</summary>
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

    /// <summary>The same for the publisher of a sprite, which gets answers under a name of its own.</summary>
    public NatsSettings ForSprite(string sprite) => this with { Inbox = $"_INBOX.sprite.{FleetSubject.Token(sprite)}" };

    /// <summary>What is shown of the servers: addresses, never a secret.</summary>
    public string Shown => string.Join(", ", Servers);
}
