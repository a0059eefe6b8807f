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
    private const string Encrypted = "tls:";
    private const int MaxServers = 16;

    /// <summary>The keys that it may have; docs/configuration.md and its schema have the same.</summary>
    internal static readonly string[] Keys = ["servers", "credentials", "nkey", "tls", "stream", "prefix"];

    internal static readonly string[] TlsKeys = ["ca", "certificate", "key"];

    /// <summary>Reads <c>nats</c> of <paramref name="root"/>, which has it.</summary>
    /// <exception cref="SettingsException">It is not as it may be; the message names file, line and what is allowed.</exception>
    public static NatsConfig Read(string file, YamlMappingNode root)
    {
        var node = SettingsYaml.Mapping(file, root, "nats");
        SettingsYaml.Only(file, node, Keys);
        var config = WithTls(file, node, new NatsConfig
        {
            Servers = ServersOf(file, node),
            Credentials = TokenReader.Read(file, node, "credentials", "credentials"),
            NkeyFile = FileOf(file, node, "nkey"),
            Stream = NameOf(file, node, "stream", NatsNames.StreamFault) ?? NatsSettings.DefaultStream,
            Prefix = NameOf(file, node, "prefix", NatsNames.PrefixFault) ?? FleetSubject.DefaultPrefix,
        });
        return config is { Credentials: not null, NkeyFile: not null }
            ? throw SettingsYaml.Fault(
                file, SettingsYaml.Find(node, "nkey")!, "\"nats\" has one of \"credentials\" and \"nkey\", not both")
            : config;
    }

    public static bool IsEncrypted(string server) => server.StartsWith(Encrypted, StringComparison.OrdinalIgnoreCase);

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
        SettingsYaml.Scalar(file, node) is var text && NatsNames.ServerFault(text) is { } fault
            ? throw SettingsYaml.Fault(file, node, $"a server {fault}")
            : text;

    private static NatsConfig WithTls(string file, YamlMappingNode parent, NatsConfig config)
    {
        if (SettingsYaml.Find(parent, "tls") is null)
        {
            return config;
        }

        var node = SettingsYaml.Mapping(file, parent, "tls");
        SettingsYaml.Only(file, node, TlsKeys);
        var encrypted = config with
        {
            HasTls = true,
            CaFile = FileOf(file, node, "ca"),
            CertificateFile = FileOf(file, node, "certificate"),
            CertificateKeyFile = FileOf(file, node, "key"),
        };
        return encrypted.CertificateFile is null == encrypted.CertificateKeyFile is null
            ? encrypted
            : throw SettingsYaml.Fault(file, node, "\"tls\" needs both \"certificate\" and \"key\", or neither");
    }

    private static string? FileOf(string file, YamlMappingNode parent, string key) =>
        SettingsYaml.Find(parent, key) is not { } node ? null
            : SettingsYaml.Scalar(file, node) is var path && SettingsYaml.IsAbsolute(path) ? path
            : throw SettingsYaml.Fault(file, node, $"\"{key}\" must be the absolute path of a file, without \".\" and \"..\"");

    private static string? NameOf(string file, YamlMappingNode parent, string key, Func<string, string?> faultOf) =>
        SettingsYaml.Find(parent, key) is not { } node ? null
            : SettingsYaml.Scalar(file, node) is var name && faultOf(name) is { } fault
                ? throw SettingsYaml.Fault(file, node, $"\"{key}\" {fault}")
                : name;
}
