using System.CommandLine;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Sources.Sprite;

namespace OpsManager.Cli;

/// <summary>How a verb reaches a sprite's service (docs/cli.md).</summary>
internal sealed class ServiceOptions
{
    /// <summary>The token of the sprite's URL, which is before the service.</summary>
    private const string SpriteTokenVariable = VariableNames.SpriteToken;

    private readonly Option<string> transport = new(FlagNames.Transport)
    {
        Description = "local: the repository on this host; sprite_service: over HTTP, by the service at --service-base-url.",
        DefaultValueFactory = static _ => Transports.Local
    };
    private readonly Option<string?> url = BaseUrl(
        "Address of the sprite's service: http, https, or unix:/PATH for a socket of this host.");
    private readonly Option<string?> token = new(FlagNames.ServiceToken)
    {
        Description = "Token of the service. Visible to everybody on the host (ps): prefer OPS_MANAGER_SERVICE_TOKEN."
    };

    public ServiceOptions() => transport.AcceptOnlyFromAmong(Transports.Local, Transports.SpriteService);

    public static Option<string?> BaseUrl(string description) => new(FlagNames.ServiceBaseUrl) { Description = description };

    public void AddTo(Command command)
    {
        command.Options.Add(transport);
        command.Options.Add(url);
        command.Options.Add(token);
    }

    /// <summary>The address that was chosen; null where the verb works on this host.</summary>
    /// <exception cref="ContractException">None was given, or it is none; or a token holds what no header can carry.</exception>
    public SpriteAddress? From(ParseResult args, VerbContext context) => args.GetValue(transport) == Transports.Local
        ? null
        : Address(context, args.GetValue(url) ?? throw new ContractException(
            "usage",
            "--transport sprite_service needs --service-base-url, such as http://127.0.0.1:8787 or unix:/PATH"), args.GetValue(token));

    /// <summary>An address with its tokens, from a flag and the environment.</summary>
    /// <exception cref="ContractException">It is no address, or a token holds what no header can carry.</exception>
    public static SpriteAddress Address(VerbContext context, string url, string? tokenFlag = null)
    {
        var parsed = SpriteAddress.Parse(url) ?? throw new ContractException(
            "usage", $"--service-base-url must be an address such as http://127.0.0.1:8787 or unix:/PATH, found \"{url}\"");
        var (sprite, service) = (
            ServiceToken.From(context, SpriteTokenVariable), ServiceToken.From(context, tokenFlag, FlagNames.ServiceToken, null));
        return new SpriteAddress(parsed, () => sprite, () => service);
    }
}
