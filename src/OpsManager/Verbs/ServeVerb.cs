using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Text;
using OpsManager.Service.Host;

namespace OpsManager.Verbs;

/// <summary><c>serve</c>: answers over HTTP what the other verbs print, until it is interrupted.</summary>
public static class ServeVerb
{
    private const int MaxPort = 65535;

    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), binary = CommonOptions.RuntimeCommand(),
            token = new("--token") { Description = "Token that callers must send. Visible to everybody on the host (ps): prefer the file or the variable." },
            tokenFile = new("--token-file") { Description = "File whose first line is the token. Default: OPS_MANAGER_SERVICE_TOKEN, else none." };
        var host = new Option<string>("--host") { Description = "Address to listen on; another than this host's own needs a token.", DefaultValueFactory = static _ => ServeOptions.DefaultHost };
        var port = CommonOptions.AtLeast(new Option<int>("--port") { Description = "Port; 0 for any that is free.", DefaultValueFactory = static _ => ServeOptions.DefaultPort }, 0);
        port.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value > MaxPort)
            {
                result.AddError($"--port must be {MaxPort} or less.");
            }
        });
        var readOnly = new Option<bool>("--read-only") { Description = "Refuse to act." };
        var most = CommonOptions.AtLeast(new Option<int>("--max-in-flight") { Description = "Requests that are answered at a time.", DefaultValueFactory = static _ => ServeOptions.DefaultMaxInFlight }, 1);
        return new Command("serve", "Answer snapshots, events and controls of a repository over HTTP.") { repo, host, port, token, tokenFile, binary, readOnly, most }.Does(async (args, output, cancel) =>
        {
            var options = new ServeOptions
            {
                Repo = context.Repo(args.GetValue(repo)),
                Host = args.GetValue(host)!,
                Port = args.GetValue(port),
                Token = ServiceToken.Of(context, args.GetValue(token), "--token", args.GetValue(tokenFile)),
                RuntimeCommand = args.GetValue(binary),
                ReadOnly = args.GetValue(readOnly),
                MaxInFlight = args.GetValue(most),
            };
            var world = new ServiceWorld(context.Files, context.Time, context.Environment, context.NewTraceId, args.InvocationConfiguration.Error, context.Children);
            await using var service = await OpsService.StartAsync(options, world, cancel).ConfigureAwait(false);
            await output.WriteLineAsync(SafeText.Clean($"listening on {service.Address} for {options.Repo}")).ConfigureAwait(false);
            await output.FlushAsync(cancel).ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCodes.Ok;
        });
    }
}
