using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Text;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Control.Act;
using OpsManager.Core.Control;

namespace OpsManager.Verbs;

/// <summary><c>control</c>: sends one intent by the runtime's own command and looks what came of it; prints the intent's row.</summary>
public static class ControlVerb
{
    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), trace = CommonOptions.TraceId(),
            by = CommonOptions.By(),
            note = new("--note") { Description = "A note; a rejection needs one." },
            binary = CommonOptions.RuntimeCommand(),
            key = new("--idempotency-key") { Description = "The same key is carried out once. Default: a new one." },
            url = new("--service-base-url") { Description = "Base URL of the sprite service." },
            token = new("--service-token") { Description = "Token of the sprite service." };
        var loop = CommonOptions.Loop();
        var intent = new Option<string>("--intent") { Description = "cancel, approve or reject.", Required = true };
        var transport = new Option<string>("--transport") { Description = "Where to act.", DefaultValueFactory = static _ => "local" };
        transport.AcceptOnlyFromAmong("local", "sprite_service");
        var timeout = CommonOptions.AtLeast(new Option<int>("--timeout-seconds") { Description = "How long the command may take, and how long to look for its effect.", DefaultValueFactory = static _ => 30 }, 1);
        var interval = CommonOptions.AtLeast(new Option<int>("--interval-seconds") { Description = "The longest time between two looks.", DefaultValueFactory = static _ => 2 }, 1);
        var noConfirm = new Option<bool>("--no-confirm") { Description = "Do not look for the effect." };
        var readOnly = new Option<bool>("--read-only") { Description = "Refuse to act." };
        var command = new Command("control", "Cancel, approve or reject by the runtime's own command, and verify what came of it.")
        {
            repo, loop, intent, by, note, binary, transport, url, token, key, trace, timeout, interval, noConfirm, readOnly,
        };
        return command.Does(async (args, output, cancel) =>
        {
            if (!Intent.TryParse(args.GetRequiredValue(intent), args.GetValue(note), out var wanted))
            {
                throw new ContractException("invalid_request", $"intent must be one of cancel, approve, reject; \"{args.GetRequiredValue(intent)}\" is none of them");
            }

            if (args.GetValue(transport) != "local")
            {
                throw new ContractException(FailureCodes.ServiceRequestFailed, "transport sprite_service is not available in this version; run ops-manager on the sprite with --transport local");
            }

            var root = context.Repo(args.GetValue(repo));
            var found = new CommandFinder(context.Files, context.Environment).Find(root, args.GetValue(binary));
            if (args.GetValue(readOnly))
            {
                throw LocalControl.ReadOnly(wanted, found);
            }

            var errors = args.InvocationConfiguration.Error;
            var result = await new LocalControl(context.Files, context.Time).RunAsync(
                new ControlRequest
                {
                    Repo = root,
                    Loop = args.GetRequiredValue(loop),
                    Intent = wanted,
                    By = context.Operator(args.GetValue(by)),
                    Command = found,
                    TraceId = context.TraceId(args.GetValue(trace)),
                    IdempotencyKey = args.GetValue(key) ?? context.NewTraceId(),
                    Confirm = !args.GetValue(noConfirm),
                    Timeout = TimeSpan.FromSeconds(args.GetValue(timeout)),
                    Interval = TimeSpan.FromSeconds(args.GetValue(interval)),
                },
                fault => errors.WriteLine(SafeText.Clean(fault)),
                cancel,
                cancel).ConfigureAwait(false);
            await output.WriteLineAsync(ContractJson.Write(result.Row!, ContractJson.Default.IntentRow)).ConfigureAwait(false);
            if (result.Words is { } words)
            {
                await errors.WriteLineAsync(SafeText.Clean(words)).ConfigureAwait(false);
            }

            return result.ExitCode;
        });
    }
}
