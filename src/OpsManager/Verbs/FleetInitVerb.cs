using System.CommandLine;
using System.CommandLine.Parsing;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Manual;
using OpsManager.Sources.Nats;

namespace OpsManager.Verbs;

/// <summary>
/// <c>fleet init</c>: compares the stream of a fleet with what it must be, and makes or changes it where <c>--apply</c> says so
/// (docs/fleet.md).
/// </summary>
internal sealed class FleetInitVerb(VerbContext context)
{
    public const string Name = "init";

    private const int MaxReplicas = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly NatsFlags flags = new();

    private readonly Option<TimeSpan?> maxAge = Age(
        FlagNames.MaxAge, "Remove messages that are older", FleetStreamLimits.DefaultMaxAge);

    private readonly Option<TimeSpan?> duplicateWindow = Age(
        FlagNames.DuplicateWindow, "Refuse a message that was sent before in this time", FleetStreamLimits.DefaultDuplicateWindow);

    private readonly Option<long?> maxBytes = new(FlagNames.MaxBytes)
    {
        HelpName = "SIZE",
        Description = "Remove the oldest messages above this size, such as 500M or 20G. "
            + $"Default: {StreamText.FromBytes(FleetStreamLimits.DefaultMaxBytes)}.",
        CustomParser = static result => StreamText.ParseBytes(result.Tokens[0].Value)
            ?? Refuse<long?>(result, $"{FlagNames.MaxBytes} must be a size such as 500M or 20G."),
    };

    private readonly Option<int?> replicas = CommonOptions.AtLeast(new Option<int?>(FlagNames.Replicas)
    {
        Description = $"How many servers of a cluster have each message. Default: {FleetStreamLimits.DefaultReplicas}.",
    }, 1, MaxReplicas);

    private readonly Option<bool> apply = new(FlagNames.Apply)
    {
        Description = "Make or change the stream. Without it nothing is changed.",
    };

    public Command Command()
    {
        var command = new Command(
            Name,
            "Compare the stream of the fleet on a NATS server with what it must be: exit 0 it is so, 1 it is missing or differs, "
            + "2 the server could not be asked.");
        flags.AddTo(command);
        foreach (var option in (Option[])[maxAge, maxBytes, duplicateWindow, replicas, apply])
        {
            command.Options.Add(option);
        }

        return command.Does(RunAsync, ExitCodes.Unreadable);
    }

    private async Task<int> RunAsync(ParseResult args, TextWriter output, CancellationToken cancel)
    {
        var settings = Settings(args);
        var stream = new FleetStream(
            settings,
            new FleetStreamLimits(
                args.GetValue(maxAge), args.GetValue(maxBytes), args.GetValue(duplicateWindow), args.GetValue(replicas)));
        var program = $"{VerbEntry.Program} {VerbNames.Fleet} {Name}";
        var connection = await NatsClient.OpenAsync(settings, program, Patience, cancel).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var there = await stream.FindAsync(connection, cancel).ConfigureAwait(false);
            var compared = stream.Compare(there);
            var text = new FleetInitText(settings, compared);
            await WriteAsync(output, text.Comparison).ConfigureAwait(false);
            if (there is not null && !compared.Any(static one => one.Differs))
            {
                return ExitCodes.Ok;
            }

            // The server refuses the whole change if one setting of it cannot be changed.
            if (!args.GetValue(apply) || compared.Any(static one => one is { Differs: true, IsFixed: true }))
            {
                await WriteAsync(output, text.NotApplied).ConfigureAwait(false);
                return ExitCodes.Different;
            }

            await output.FlushAsync(cancel).ConfigureAwait(false);
            await stream.ApplyAsync(connection, there, cancel).ConfigureAwait(false);
            await WriteAsync(output, text.Applied).ConfigureAwait(false);
            return ExitCodes.Ok;
        }
    }

    /// <exception cref="ContractException">No server is named.</exception>
    /// <exception cref="SettingsException">config.yaml cannot be read.</exception>
    private NatsSettings Settings(ParseResult args)
    {
        var config = UserSettings.Create(context.Files, context.Environment);
        return config.ConfigFault is { } fault ? throw new SettingsException(fault)
            : flags.From(args, context, config.Config.Nats?.Settings(context.Environment))
                ?? throw new ContractException(
                    "usage",
                    $"no NATS server is named: write \"nats\" with \"servers\" into config.yaml, or give {FlagNames.NatsServer}");
    }

    private static async Task WriteAsync(TextWriter output, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            await output.WriteLineAsync(SafeText.Clean(line)).ConfigureAwait(false);
        }
    }

    private static Option<TimeSpan?> Age(string flag, string what, TimeSpan byDefault) => new(flag)
    {
        HelpName = "TIME",
        Description = $"{what}, such as 90s, 36h or 7d. Default: {StreamText.From(byDefault)}.",
        CustomParser = result => StreamText.ParseAge(result.Tokens[0].Value)
            ?? Refuse<TimeSpan?>(result, $"{flag} must be a time such as 90s, 36h or 7d."),
    };

    private static T? Refuse<T>(ArgumentResult result, string why)
    {
        result.AddError(why);
        return default;
    }
}
