using OpsManager.Configuration;
using OpsManager.Configuration.Nats;
using OpsManager.Configuration.Sprites;
using OpsManager.Contract.Words;
using OpsManager.Sources.Local;
using OpsManager.Verbs;

namespace OpsManager.Cli;

/// <summary>
/// Looks at the sprites and the NATS server of config.yaml without reaching any: how each is reached, and what is in the way here. A
/// token is never told.
/// </summary>
internal sealed class SpriteDoctor(VerbContext context)
{
    public (IReadOnlyList<DoctorFact> Facts, IReadOnlyList<string> Problems) Check(UserConfig config) =>
        (
            [
                .. config.Nats is { } nats
                    ? (DoctorFact[])[new DoctorFact(WayNames.Nats, string.Join(", ", nats.Servers), $"stream {nats.Stream}")]
                    : [],
                .. config.Fleet.Sprites.Select(static sprite => new DoctorFact("sprite", sprite.Name, How(sprite))),
            ],
            [.. config.Nats is { } server ? Problems(server) : [], .. config.Fleet.Sprites.SelectMany(Problems)]);

    private IEnumerable<string> Problems(NatsConfig nats)
    {
        string?[] found =
        [
            Fault("credentials", nats.Credentials),
            Fault("nkey", nats.NkeyFile),
            Fault("ca of tls", nats.CaFile),
            Fault("certificate of tls", nats.CertificateFile),
            Fault("key of tls", nats.CertificateKeyFile),
        ];
        return found.OfType<string>().Select(static fault => $"{WayNames.Nats}: {fault}");
    }

    private static string How(SpriteConfig sprite)
    {
        string?[] ways =
        [
            sprite.Nats ? "read from the stream" : null,
            sprite.Url is { } url ? $"reached by {url}" : null,
            sprite is { Pull.Count: > 0, Path: null } ? $"pulled by {sprite.Pull[0]}" : null,
            sprite.Path is { } path ? $"files in {path}" : null,
            sprite.StageWord,
            sprite.Labels.Count > 0 ? string.Join(' ', sprite.Labels) : null,
        ];
        return string.Join("; ", ways.OfType<string>());
    }

    private IEnumerable<string> Problems(SpriteConfig sprite)
    {
        string?[] found =
        [
            sprite.Path is { } path && !new RepoFinder(context.Files).IsRepo(path) ? $"{path} has no .superloop" : null,
            sprite is { Pull.Count: > 0, Path: null } && context.Children.Find(sprite.Pull[0]) is { Fault: { } fault }
                ? $"{sprite.Pull[0]} (first word of \"pull\") {fault}"
                : null,
            Fault("sprite-token", sprite.SpriteToken),
            Fault("service-token", sprite.ServiceToken),
            sprite.Platform is { Token: { } token } && token != sprite.SpriteToken ? Fault("token of platform", token) : null,
        ];
        return found.OfType<string>().Select(fault => $"sprite {sprite.Name}: {fault}");
    }

    private string? Fault(string key, TokenPlace? place) => place switch
    {
        { Variable: { } name } => string.IsNullOrEmpty(context.Environment(name)) ? $"{key}: the variable {name} is not set" : null,
        { File: { } file } => FileFault(file) is { } fault ? $"{key}: {fault}" : null,
        _ => null,
    };

    private string? Fault(string key, string? file) => file is not null && FileFault(file) is { } fault ? $"{key}: {fault}" : null;

    private string? FileFault(string path)
    {
        try
        {
            // A pipe or a device would be waited for.
            if (!context.Files.File.Exists(path) || (context.Files.File.GetAttributes(path) & FileAttributes.Device) != 0)
            {
                return $"{path} does not exist, or is not a file";
            }

            using var stream = context.Files.File.OpenRead(path);
            return stream.Length == 0 ? $"{path} is empty" : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read: {error.Message}";
        }
    }
}
