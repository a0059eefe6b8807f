using System.CommandLine;
using OpsManager.Configuration;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Session;
using OpsManager.Sources.Local;

namespace OpsManager.Cli;

/// <summary>
/// What is to be watched: <c>--repo</c>, <c>--sprite</c> and <c>--fleet</c>, for the screen and for <c>watch</c>
/// (docs/fleet.md).
/// </summary>
internal sealed class WatchOptions
{
    private readonly Option<string[]> repos = CommonOptions.Repos();
    private readonly Option<string[]> sprites = new(FlagNames.Sprite)
    {
        HelpName = "NAME",
        Description = "Sprite of config.yaml to watch; may be given several times."
    };
    private readonly Option<bool> fleet = new(FlagNames.Fleet)
    {
        Description = "Watch all sprites of config.yaml, also inside a repository."
    };

    public void AddTo(Command command)
    {
        AddNamesTo(command);
        command.Options.Add(fleet);
    }

    /// <summary>Without <c>--fleet</c>, for verbs that are about the fleet anyway.</summary>
    public void AddNamesTo(Command command)
    {
        command.Options.Add(repos);
        command.Options.Add(sprites);
    }

    /// <summary>Whether anything was named.</summary>
    public bool IsGiven(ParseResult args) =>
        args.GetValue(repos) is { Length: > 0 } || args.GetValue(sprites) is { Length: > 0 } || args.GetValue(fleet);

    /// <summary>
    /// What was named; else all sprites of config.yaml, also inside a repository; where it has none, the nearest repository.
    /// </summary>
    /// <exception cref="ContractException">There is nothing to read.</exception>
    /// <exception cref="SettingsException">config.yaml cannot be read, or has no such sprite.</exception>
    public WatchChoice Whole(ParseResult args, VerbContext context, UserSettings settings)
    {
        if (args.GetValue(repos) is not { Length: > 0 } && args.GetValue(sprites) is not { Length: > 0 })
        {
            if (settings.ConfigFault is { } fault)
            {
                throw new SettingsException(fault);
            }

            if (settings.Config.HasFleet)
            {
                return WatchChoice.All;
            }
        }

        return From(args, context, settings) is { IsNothing: false } choice ? choice : throw new ContractException(
            "usage", "config.yaml has no sprites, and no loops have run here; name repositories with --repo (docs/fleet.md)");
    }

    /// <summary>
    /// What was named; else the nearest repository from the working directory upward in which loops have run; else all sprites; else
    /// nothing.
    /// </summary>
    /// <param name="more">Repositories that were named without <c>--repo</c>; null where the verb has none.</param>
    /// <exception cref="ContractException">A repository is not there, or flags exclude each other.</exception>
    /// <exception cref="SettingsException">A flag names a sprite that config.yaml does not, or config.yaml cannot be read.</exception>
    public WatchChoice From(ParseResult args, VerbContext context, UserSettings settings, string[]? more = null)
    {
        string[] named = [.. args.GetValue(repos) ?? [], .. more ?? []];
        var (only, all) = (args.GetValue(sprites) ?? [], args.GetValue(fleet));
        if (named.Length > 0)
        {
            return only.Length == 0 && !all
                ? WatchChoice.From(context.Repos(named))
                : throw new ContractException(
                    "usage", "--repo cannot be used with --sprite or --fleet: name repositories, or sprites of config.yaml");
        }

        if (only.Length > 0 || all)
        {
            return Sprites(settings, only);
        }

        return new RepoFinder(context.Files).FindInUse(WorkingDirectory.From(context.Files)) is { } repo ? WatchChoice.From([repo])
            // The tour in place of a fleet that cannot be read would be somebody else's runs.
            : settings.ConfigFault is { } fault ? throw new SettingsException(fault)
            : settings.Config.HasFleet ? WatchChoice.All
            : WatchChoice.From([]);
    }

    private static WatchChoice Sprites(UserSettings settings, string[] only)
    {
        if (settings.ConfigFault is { } fault)
        {
            throw new SettingsException(fault);
        }

        if (settings.Config.Nats is not null)
        {
            // Which sprites the stream has is not known yet.
            return only.Length == 0 ? WatchChoice.All : WatchChoice.Only(only);
        }

        string[] known = [.. settings.Config.Fleet.Sprites.Select(static sprite => sprite.Name)];
        if (known.Length == 0)
        {
            throw new SettingsException(
                $"config.yaml{(settings.Files.Root is { } root ? $" in {root}" : "")} has no sprites (docs/fleet.md)");
        }

        return only.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } unknown
            ? throw new SettingsException(
                $"there is no sprite {SettingsYaml.Quote(unknown)} in config.yaml; {NearestName.Hint(unknown, known, "sprites")}")
            : only.Length == 0 ? WatchChoice.All : WatchChoice.Only(only);
    }
}
