using System.Text.RegularExpressions;
using OpsManager.Configuration.Files;
using OpsManager.Configuration.Yaml;
using OpsManager.Sources.Files;

namespace OpsManager.Configuration;

/// <summary>
/// The variables that config.yaml names as places of tokens, followed while the program runs. A name that once stood there counts for
/// as long as the program runs: the variable still holds the token. Thread-safe.
/// </summary>
public sealed partial class TokenVariables(UserFiles files)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private FileProbe? read;

    public IReadOnlyList<string> Names()
    {
        lock (gate)
        {
            var probe = files.ProbeConfig();
            if (probe != read)
            {
                read = probe;
                names.UnionWith(Read());
            }

            return [.. names];
        }
    }

    private IEnumerable<string> Read()
    {
        var text = "";
        try
        {
            if (files.Config() is not { } file)
            {
                return [];
            }

            text = file.Text;
            var config = UserConfig.Read(file.File, text);
            return config.Fleet.Sprites
                .SelectMany(static sprite => new[] { sprite.SpriteToken, sprite.ServiceToken, sprite.Platform?.Token })
                .Append(config.Nats?.Credentials)
                .Select(static place => place?.Variable)
                .OfType<string>();
        }
        catch (SettingsException)
        {
            // What is wrong with the file is told where it is used. A token is no less secret for that: what looks like its name counts.
            return EnvironmentName().Matches(text).Select(static match => match.Groups[1].Value);
        }
    }

    [GeneratedRegex("""["']?env["']?\s*:\s*["']?([A-Za-z_][A-Za-z0-9_]{0,255})""", RegexOptions.CultureInvariant)]
    private static partial Regex EnvironmentName();
}
