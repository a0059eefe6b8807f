using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Service.Host;
using OpsManager.Service.Options;
using OpsManager.Session;

namespace OpsManager.Verbs;

/// <summary><c>serve</c>: answers over HTTP what the other verbs print, until it is interrupted.</summary>
internal static class ServeVerb
{
    private const int MaxPort = 65535;

    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), binary = CommonOptions.RuntimeCommand(),
            token = new(FlagNames.Token)
            {
                Description = "Token that callers must send. Visible to everybody on the host (ps): prefer the file or the variable."
            },
            tokenFile = new(FlagNames.TokenFile)
            {
                Description = "File whose first line is the token. Default: OPS_MANAGER_SERVICE_TOKEN, else none."
            };
        var host = new Option<string>(FlagNames.Host)
        {
            Description = "Address to listen on; an address that other hosts can reach needs a token.",
            DefaultValueFactory = static _ => ServeOptions.DefaultHost
        };
        var port = CommonOptions.AtLeast(new Option<int>(FlagNames.Port)
        {
            Description = "Port; 0 for any that is free.",
            DefaultValueFactory = static _ => ServeOptions.DefaultPort
        }, 0);
        port.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value > MaxPort)
            {
                result.AddError($"--port must be {MaxPort} or less.");
            }
        });
        var socket = new Option<string?>(FlagNames.Socket)
        {
            HelpName = "PATH",
            Description = "Unix socket to listen on instead of an address: this user alone can connect (mode 0600)."
        };
        var readOnly = new Option<bool>(FlagNames.ReadOnly) { Description = "Refuse controls: nothing can be sent." };
        var most = CommonOptions.AtLeast(new Option<int>(FlagNames.MaxInFlight)
        {
            Description = "How many requests are answered at a time.",
            DefaultValueFactory = static _ => ServeOptions.DefaultMaxInFlight
        }, 1);
        var logFile = CommonOptions.LogFile();
        var publish = new Option<bool>(FlagNames.Publish) { Description = "Publish the loops to a NATS server besides." };
        var publishing = new PublishFlags();
        var command = new Command("serve", "Answer snapshots, events and controls of a repository over HTTP.")
        {
            repo,
            host,
            port,
            socket,
            token,
            tokenFile,
            binary,
            readOnly,
            most,
            publish,
            logFile,
        };
        publishing.AddTo(command);
        return command.Does(async (args, output, cancel) =>
        {
            if (args.GetValue(socket) is not null
                && (args.GetResult(host) is { Implicit: false } || args.GetResult(port) is { Implicit: false }))
            {
                throw new ContractException(
                    "usage", "--socket cannot be used with --host and --port: a socket has no address. Leave them out.");
            }

            if (!args.GetValue(publish) && publishing.Given(args) is { } needless)
            {
                throw new ContractException("usage", $"{needless} needs {FlagNames.Publish}: nothing is published without it");
            }

            var options = new ServeOptions
            {
                // Loops may run in it later: until then, it answers that there are none.
                Repo = context.Place(args.GetValue(repo)),
                Host = args.GetValue(host)!,
                Port = args.GetValue(port),
                Socket = args.GetValue(socket) is { } path ? context.Files.Path.GetFullPath(path) : null,
                Token = ServiceToken.From(context, args.GetValue(token), FlagNames.Token, args.GetValue(tokenFile)),
                RuntimeCommand = args.GetValue(binary),
                ReadOnly = args.GetValue(readOnly),
                MaxInFlight = args.GetValue(most),
                Publish = args.GetValue(publish) ? publishing.From(args, context) : null,
            };
            using var log = TelemetrySession.OnlyLog(
                context, args.GetValue(logFile), words => args.InvocationConfiguration.Error.WriteLine(SafeText.Clean(words)));
            var world = new ServiceWorld(
                context.Files, context.Time, context.Environment, context.NewTraceId, args.InvocationConfiguration.Error,
                context.Children)
            {
                OnFault = log.Fault,
                OnControl = request => log.Take(context, request),
            };
            await using var service = await OpsService.StartAsync(options, world, cancel).ConfigureAwait(false);
            if (Warning(options) is { } warning)
            {
                await args.InvocationConfiguration.Error.WriteLineAsync(SafeText.Clean(warning)).ConfigureAwait(false);
            }

            await output.WriteLineAsync(SafeText.Clean($"listening on {service.Address} for {options.Repo}")).ConfigureAwait(false);
            await output.FlushAsync(cancel).ConfigureAwait(false);
            if (options.Publish is { } published)
            {
                var line = $"publishing {options.Repo} as {published.Sprite} to {published.Server.Shown}";
                await output.WriteLineAsync(SafeText.Clean(line)).ConfigureAwait(false);
                await output.FlushAsync(cancel).ConfigureAwait(false);
                await service.Publishing.ConfigureAwait(false);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCodes.Ok;
        });
    }

    /// <summary>A warning about who can connect; null where only permitted callers can.</summary>
    private static string? Warning(ServeOptions options) => options is { Token: null, Socket: null }
        ? $"No token is set: every user of this host may {(options.ReadOnly ? "read" : "act on")} the loops of {options.Repo}. Start "
            + $"with --token-file F, or with --socket PATH."
        : null;
}
