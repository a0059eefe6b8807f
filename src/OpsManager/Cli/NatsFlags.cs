using System.CommandLine;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Sources.Nats;

namespace OpsManager.Cli;

/// <summary>How a verb reaches a NATS server (docs/fleet.md). A secret is in a file or a variable, never on the command line.</summary>
internal sealed class NatsFlags
{
    private readonly Option<string[]> servers = new(FlagNames.NatsServer)
    {
        HelpName = "URL",
        Description = "Address of a NATS server: nats://HOST:4222 or tls://HOST:4222; may be given several times.",
    };

    private readonly Option<string?> credentials = new(FlagNames.NatsCredentials)
    {
        HelpName = "FILE",
        Description = $"Credentials file (.creds). Default: the text in {VariableNames.NatsCredentials}, else none.",
    };

    private readonly Option<string?> nkey = new(FlagNames.NatsNkey)
    {
        HelpName = "FILE",
        Description = "File with an NKEY seed, in place of a credentials file.",
    };

    private readonly Option<string?> ca = new(FlagNames.NatsCa)
    {
        HelpName = "FILE",
        Description = "Certificate authority of the server, in PEM. Default: those of the system.",
    };

    private readonly Option<string?> certificate = new(FlagNames.NatsCert)
    {
        HelpName = "FILE",
        Description = $"Certificate that the server asks for, in PEM; needs {FlagNames.NatsKey}.",
    };

    private readonly Option<string?> key = new(FlagNames.NatsKey)
    {
        HelpName = "FILE",
        Description = $"Private key of {FlagNames.NatsCert}, in PEM.",
    };

    private readonly Option<string?> stream = new(FlagNames.NatsStream)
    {
        HelpName = "NAME",
        Description = $"Stream of the fleet. Default: {NatsSettings.DefaultStream}.",
    };

    private readonly Option<string?> prefix = new(FlagNames.NatsPrefix)
    {
        HelpName = "PREFIX",
        Description = $"Beginning of every subject. Default: {Contract.Fleet.FleetSubject.DefaultPrefix}.",
    };

    private Option[] All => [servers, credentials, nkey, ca, certificate, key, stream, prefix];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The first of these flags that was given; null where none was.</summary>
    public string? Given(ParseResult args) => Array.Find(All, option => args.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>The settings that the flags come to, over those that are configured; null where no server is named.</summary>
    /// <param name="configured">Those of config.yaml; null where it names no server.</param>
    /// <exception cref="ContractException">A flag makes no sense, or two cannot be used together.</exception>
    public NatsSettings? From(ParseResult args, VerbContext context, NatsSettings? configured = null)
    {
        var named = args.GetValue(servers) is { Length: > 0 } given ? given : null;
        if ((named ?? configured?.Servers) is not { Count: > 0 } addresses)
        {
            return null;
        }

        Check(FlagNames.NatsServer, (named ?? []).Select(NatsNames.ServerFault).FirstOrDefault(static fault => fault is not null));
        var settings = (configured ?? new NatsSettings { Servers = addresses }) with { Servers = [.. addresses] };
        settings = Encrypted(args, context, Authorized(args, context, settings));
        return settings with
        {
            Stream = Word(args, stream, NatsNames.StreamFault) ?? settings.Stream,
            Prefix = Word(args, prefix, NatsNames.PrefixFault) ?? settings.Prefix,
        };
    }

    /// <summary>The same where a server is needed.</summary>
    /// <exception cref="ContractException">None is named; or as <see cref="From"/>.</exception>
    public NatsSettings Required(ParseResult args, VerbContext context, NatsSettings? configured = null) =>
        From(args, context, configured)
        ?? throw new ContractException("usage", $"no NATS server is named: give {FlagNames.NatsServer}, such as nats://HOST:4222");

    private NatsSettings Authorized(ParseResult args, VerbContext context, NatsSettings settings)
    {
        switch (Path(args, context, credentials), Path(args, context, nkey))
        {
            case ({ }, { }):
                throw new ContractException(
                    "usage", $"{FlagNames.NatsCredentials} and {FlagNames.NatsNkey} cannot be used together; give one of them");
            case ({ } file, _):
                return settings with { CredentialsFile = file, NkeyFile = null, Credentials = null };
            case (_, { } file):
                return settings with { NkeyFile = file, CredentialsFile = null, Credentials = null };
        }

        return settings is { CredentialsFile: null, NkeyFile: null, Credentials: null }
            && context.Environment(VariableNames.NatsCredentials) is { Length: > 0 } text
                ? settings with { Credentials = text }
                : settings;
    }

    private NatsSettings Encrypted(ParseResult args, VerbContext context, NatsSettings settings)
    {
        var (ours, secret) = (Path(args, context, certificate), Path(args, context, key));
        if (ours is null != secret is null)
        {
            throw new ContractException("usage", $"{FlagNames.NatsCert} and {FlagNames.NatsKey} need each other; give both");
        }

        var authority = Path(args, context, ca);
        return settings with
        {
            CaFile = authority ?? settings.CaFile,
            CertificateFile = ours ?? settings.CertificateFile,
            CertificateKeyFile = secret ?? settings.CertificateKeyFile,
            NeedsTls = settings.NeedsTls || authority is not null || ours is not null,
        };
    }

    /// <exception cref="ContractException">The file is not there.</exception>
    private static string? Path(ParseResult args, VerbContext context, Option<string?> option)
    {
        if (args.GetValue(option) is not { } given)
        {
            return null;
        }

        var full = context.Files.Path.GetFullPath(given);
        Check(option.Name, context.Files.File.Exists(full) ? null : $"names no file: {full}");
        return full;
    }

    private static string? Word(ParseResult args, Option<string?> option, Func<string, string?> fault)
    {
        var given = args.GetValue(option);
        Check(option.Name, given is null ? null : fault(given));
        return given;
    }

    private static void Check(string flag, string? fault)
    {
        if (fault is not null)
        {
            throw new ContractException("usage", $"{flag} {fault}");
        }
    }
}
