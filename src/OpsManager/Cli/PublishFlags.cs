using System.CommandLine;
using OpsManager.Configuration;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Core.Sprite;
using OpsManager.Service.Options;
using OpsManager.Sources.Nats;

namespace OpsManager.Cli;

/// <summary>The options of a verb that publishes a repository to a NATS server (docs/fleet.md).</summary>
internal sealed class PublishFlags
{
    private readonly NatsFlags server = new();

    private readonly Option<string?> sprite = new(FlagNames.Sprite)
    {
        HelpName = "NAME",
        Description = "Name that the fleet knows this repository by; each needs its own. Default: the host's name.",
    };

    private readonly Option<bool> acceptControl = new(FlagNames.AcceptControl)
    {
        Description = "Carry out approvals, rejections and cancels that come over the message bus.",
    };

    public void AddTo(Command command)
    {
        server.AddTo(command);
        command.Options.Add(sprite);
        command.Options.Add(acceptControl);
    }

    /// <summary>What the flags come to.</summary>
    /// <exception cref="ContractException">No server is named, or a flag makes no sense.</exception>
    public PublishOptions From(ParseResult args, VerbContext context)
    {
        var name = args.GetValue(sprite) ?? Environment.MachineName;
        return SpriteName.IsOne(name)
            ? new PublishOptions(name, Server(args, context).ForSprite(name)) { AcceptControl = args.GetValue(acceptControl) }
            : throw new ContractException(
                "usage",
                $"{FlagNames.Sprite} must be a name of at most {SpriteName.MaxChars} letters, digits, \"-\", \"_\" and \".\", found "
                    + $"\"{SafeText.Clean(name)}\"");
    }

    /// <summary>That of the flags, else that of config.yaml.</summary>
    private NatsSettings Server(ParseResult args, VerbContext context)
    {
        var settings = UserSettings.Create(context.Files, context.Environment);
        return settings.ConfigFault is { } fault && server.Given(args) is null
            ? throw new SettingsException(fault)
            : server.Required(args, context, settings.Config.Nats?.Settings(context.Environment));
    }

    /// <summary>The first of these flags that was given; null where none was.</summary>
    public string? Given(ParseResult args) => server.Given(args)
        ?? Array.Find((Option[])[sprite, acceptControl], option => args.GetResult(option) is { Implicit: false })?.Name;
}
