using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Service.Host;

namespace OpsManager.Verbs;

/// <summary><c>publish</c>: sends the loops of a repository to a NATS server, until it is interrupted.</summary>
internal static class PublishVerb
{
    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), binary = CommonOptions.RuntimeCommand();
        var flags = new PublishFlags();
        var once = new Option<bool>(FlagNames.Once) { Description = "Send what is there, wait until the server has it, and end." };
        var command = new Command(VerbNames.Publish, "Publish snapshots, events and files of a repository's loops to a NATS server.")
        {
            repo,
            once,
            binary,
        };
        flags.AddTo(command);
        return command.Does(async (args, output, cancel) =>
        {
            // Loops may run in it later: until then, there is nothing to send.
            var root = context.Place(args.GetValue(repo));
            var options = flags.From(args, context) with { Once = args.GetValue(once) };
            if (options is { Once: true, AcceptControl: true })
            {
                throw new ContractException("usage", $"{FlagNames.Once} and {FlagNames.AcceptControl} cannot be used together");
            }

            var world = new ServiceWorld(
                context.Files, context.Time, context.Environment, context.NewTraceId, args.InvocationConfiguration.Error,
                context.Children);
            if (!options.Once)
            {
                var line = $"publishing {root} as {options.Sprite} to {options.Server.Shown}";
                await output.WriteLineAsync(SafeText.Clean(line)).ConfigureAwait(false);
                await output.FlushAsync(cancel).ConfigureAwait(false);
            }

            if (!await PublishHost.RunAsync(root, options, args.GetValue(binary), world, cancel).ConfigureAwait(false))
            {
                return ExitCodes.Failed;
            }

            if (options.Once)
            {
                await output.WriteLineAsync(SafeText.Clean($"published {root} as {options.Sprite} to {options.Server.Shown}"))
                    .ConfigureAwait(false);
            }

            return ExitCodes.Ok;
        });
    }
}
