using OpsManager.Configuration.Sprites;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract.Fleet;
using OpsManager.Sources.Nats;

namespace OpsManager.Configuration.Nats;

/// <summary>
/// What <c>nats</c> in config.yaml says: a NATS server that has a fleet in one stream (docs/fleet.md). Two are equal where the file says
/// the same of both.
/// </summary>
public sealed record NatsConfig
{
    /// <summary>Addresses without user and password, such as <c>nats://host:4222</c>; one at least.</summary>
    public required ValueList<string> Servers { get; init; }

    /// <summary>What every subject begins with.</summary>
    public string Prefix { get; init; } = FleetSubject.DefaultPrefix;

    public string Stream { get; init; } = NatsSettings.DefaultStream;

    /// <summary>Where the credentials are: the text of a <c>.creds</c> file; null where none are used.</summary>
    public TokenPlace? Credentials { get; init; }

    /// <summary>Absolute path of a file with an NKEY, its seed and its public half a line each; null where none is used.</summary>
    public string? NkeyFile { get; init; }

    /// <summary>Whether the section has <c>tls</c>: the connection is encrypted whatever the addresses say.</summary>
    public bool HasTls { get; init; }

    /// <summary>Absolute path of the authority, in PEM, that the server is checked by; null for those of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>Absolute paths of our own certificate and of its key, in PEM; both null where the server wants none.</summary>
    public string? CertificateFile { get; init; }

    public string? CertificateKeyFile { get; init; }

    /// <param name="variable">The environment.</param>
    /// <exception cref="SettingsException">The variable of the credentials is not set.</exception>
    public NatsSettings Settings(Func<string, string?> variable) => new()
    {
        Servers = Servers,
        Prefix = Prefix,
        Stream = Stream,
        CredentialsFile = Credentials?.File,
        Credentials = Credentials?.Variable is not { } name ? null
            : variable(name) is { Length: > 0 } text ? text
            : throw new SettingsException($"\"credentials\" of \"nats\" in config.yaml: the variable {name} is not set"),
        NkeyFile = NkeyFile,
        CaFile = CaFile,
        CertificateFile = CertificateFile,
        CertificateKeyFile = CertificateKeyFile,
        // One address that asks for encryption is enough: the client may go on to another server of the list.
        NeedsTls = HasTls || Servers.Any(NatsReader.IsEncrypted),
    };
}
