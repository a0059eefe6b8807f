using System.CommandLine;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using OpsManager.Cli;
using OpsManager.Contract.Text;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Control;
using OpsManager.Control.Act;
using OpsManager.Control.Rollout;
using OpsManager.Core.Control;
using OpsManager.Core.Fold;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;

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
                throw new ContractException("read_only", $"read-only: nothing is sent; {wanted.Word} has to be done by hand with {found.File}");
            }

            var longest = TimeSpan.FromSeconds(args.GetValue(interval));
            var follow = FollowOptions.Default with { Poll = longest < FollowOptions.Default.Poll ? longest : FollowOptions.Default.Poll };
            using var scheduler = new EventLoopScheduler();
            var models = Pipeline.Models([LocalSource.Open(context.Files, root, follow)], new Reducer(FoldOptions.Default), scheduler).Replay(1);
            // One watch for planning and for verifying: what is seen to go has to have been seen before.
            using var watching = models.Connect();
            // The loop may have to be stepped back from before anything is sent, and while it is verified.
            var name = context.Operator(args.GetValue(by));
            var traceId = context.TraceId(args.GetValue(trace));
            var stepping = new Keepers(new RollbackKeeper(context.Files, context.Time, name, traceId));
            using var keeping = models.Select(stepping.Look).OfType<string>().Subscribe(fault => args.InvocationConfiguration.Error.WriteLine(SafeText.Clean(fault)));
            var result = await new Controller(context.Files, context.Time, new ProcessExecutor(context.Time), models).RunAsync(
                new ControlRequest
                {
                    Repo = root,
                    Loop = args.GetRequiredValue(loop),
                    Intent = wanted,
                    By = name,
                    Command = found,
                    TraceId = traceId,
                    IdempotencyKey = args.GetValue(key) ?? context.NewTraceId(),
                    Confirm = !args.GetValue(noConfirm),
                    Timeout = TimeSpan.FromSeconds(args.GetValue(timeout)),
                    Interval = longest,
                },
                cancel,
                cancel).ConfigureAwait(false);
            await output.WriteLineAsync(ContractJson.Write(result.Row!, ContractJson.Default.IntentRow)).ConfigureAwait(false);
            if (Words(result) is { } words)
            {
                await args.InvocationConfiguration.Error.WriteLineAsync(SafeText.Clean(words)).ConfigureAwait(false);
            }

            return result.Row!.Status switch
            {
                IntentStatus.Confirmed or IntentStatus.ExecutedUnconfirmed => ExitCodes.Ok,
                IntentStatus.FailedCommand => ExitCodes.Failed,
                _ => ExitCodes.Ambiguous,
            };
        });
    }

    private static string? Words(ControlResult result) => (result.AuditFault, result.Outcome) switch
    {
        ({ } fault, _) => $"sent, but what came of it could not be kept: {fault}",
        (_, Outcome.Refused refused) => $"refused: {refused.Why}",
        (_, Outcome.Contradicted contradicted) => $"contradicted: {contradicted.Why}",
        (_, Outcome.Unknown unknown) => $"unknown: {unknown.Why}",
        (_, Outcome.Success success) when result.Replayed => $"this key was carried out before; nothing was done now, and by now it is {success.Word}",
        _ when result.Replayed => "this key was carried out before; nothing was done now",
        _ => null,
    };
}
