using OpsManager.Configuration.Sprites;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract.Fleet;
using OpsManager.Sources.Nats;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Nats;

/// <summary>
/// Reads <c>nats</c> of config.yaml. No message quotes an address or what is in the place of a key: either may be a secret.
/// </summary>
internal static class NatsReader
{
    private const string Encrypted = "tls";
    private const int MaxServers = 16;
    private const int MaxName = 64;

    /// <summary>The keys that it may have; docs/configuration.md and its schema have the same.</summary>
    internal static readonly string[] Keys = ["servers", "credentials", "nkey", "tls", "stream", "prefix"];

    internal static readonly string[] TlsKeys = ["ca", "certificate", "key"];

    /// <summary>Reads <c>nats</c> of <paramref name="root"/>, which has it.</summary>
    /// <exception cref="SettingsException">It is not as it may be; the message names file, line and what is allowed.</exception>
    public static NatsConfig Read(string file, YamlMappingNode root)
    {
        var node = SettingsYaml.Mapping(file, root, "nats");
        SettingsYaml.Only(file, node, Keys);
        var config = new NatsConfig
        {
            Servers = ServersOf(file, node),
            Credentials = TokenReader.Read(file, node, "credentials", "credentials"),
            NkeyFile = FileOf(file, node, "nkey"),
            Tls = TlsOf(file, node),
            Stream = NameOf(file, node, "stream", IsStream, "letters, digits, \"-\" and \"_\"") ?? NatsSettings.DefaultStream,
            Prefix = NameOf(file, node, "prefix", IsPrefix, "letters, digits, \"-\" and \"_\", with \".\" between words")
                ?? FleetSubject.DefaultPrefix,
        };
        return config is { Credentials: not null, NkeyFile: not null }
            ? throw SettingsYaml.Fault(
                file, SettingsYaml.Find(node, "nkey")!, "\"nats\" has one of \"credentials\" and \"nkey\", not both")
            : config;
    }

    /// <summary>Whether a name can be a stream of ours.</summary>
    public static bool IsStream(string name) => name.Length is > 0 and <= MaxName && name.All(IsPlain);

    /// <summary>Whether subjects can begin so: words with dots between them, and no wildcard.</summary>
    public static bool IsPrefix(string prefix) =>
        prefix.Length <= MaxName && prefix.Split('.').All(static word => word.Length > 0 && word.All(IsPlain));

    /// <summary>Whether it is the address of a server, without user, password, path, <c>?</c> and <c>#</c>.</summary>
    public static bool IsServer(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme is "nats" or Encrypted
            && url.Host.Length > 0
            && url.AbsolutePath is "" or "/"
            && !text.AsSpan().ContainsAny("@?#,");

    public static bool IsEncrypted(string server) => server.StartsWith($"{Encrypted}:", StringComparison.OrdinalIgnoreCase);

    private static ValueList<string> ServersOf(string file, YamlMappingNode parent)
    {
        if (SettingsYaml.Find(parent, "servers") is not { } node)
        {
            throw SettingsYaml.Fault(
                file, parent, "\"nats\" needs \"servers\": a list of addresses such as [nats://nats.example.org:4222]");
        }

        SettingsYaml.Words(file, node, "servers", "addresses, such as [nats://nats.example.org:4222]");
        string[] servers =
            [.. ((YamlSequenceNode)node).Children.Select(child => ServerOf(file, child)).Distinct(StringComparer.Ordinal)];
        return servers.Length <= MaxServers
            ? new(servers)
            : throw SettingsYaml.Fault(file, node, $"\"servers\" has more than {MaxServers}");
    }

    private static string ServerOf(string file, YamlNode node) =>
        SettingsYaml.Scalar(file, node) is var text && IsServer(text)
            ? text
            : throw SettingsYaml.Fault(
                file, node,
                "a server must be an address such as nats://nats.example.org:4222 or tls://nats.example.org:4222, without a user and a "
                    + "password: they belong in \"credentials\" or \"nkey\"");

    private static NatsTlsConfig? TlsOf(string file, YamlMappingNode parent)
    {
        if (SettingsYaml.Find(parent, "tls") is null)
        {
            return null;
        }

        var node = SettingsYaml.Mapping(file, parent, "tls");
        SettingsYaml.Only(file, node, TlsKeys);
        var tls = new NatsTlsConfig(FileOf(file, node, "ca"), FileOf(file, node, "certificate"), FileOf(file, node, "key"));
        return tls.CertificateFile is null == tls.KeyFile is null
            ? tls
            : throw SettingsYaml.Fault(file, node, "\"tls\" needs both \"certificate\" and \"key\", or neither");
    }

    private static string? FileOf(string file, YamlMappingNode parent, string key) =>
        SettingsYaml.Find(parent, key) is not { } node ? null
            : SettingsYaml.Scalar(file, node) is var path && SettingsYaml.IsAbsolute(path) ? path
            : throw SettingsYaml.Fault(file, node, $"\"{key}\" must be the absolute path of a file, without \".\" and \"..\"");

    private static string? NameOf(string file, YamlMappingNode parent, string key, Func<string, bool> isName, string of) =>
        SettingsYaml.Find(parent, key) is not { } node ? null
            : SettingsYaml.Scalar(file, node) is var name && isName(name) ? name
            : throw SettingsYaml.Fault(
                file, node, $"\"{key}\" must have at most {MaxName} characters: {of}; found {SettingsYaml.Quote(name)}");

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
