using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Text;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Control.Reconcile;

namespace OpsManager.Verbs;

/// <summary><c>reconcile</c>: one pass over a loop; prints the manager's state, or the health and exit code 1.</summary>
public static class ReconcileVerb
{
    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), trace = CommonOptions.TraceId(), cursorFile = CommonOptions.CursorFile(ArtifactPaths.Manager("LOOP") + "/cursor.json"),
            stateFile = new("--state-file") { Description = $"Manager state. Default: {ArtifactPaths.Manager("LOOP")}/state.json." },
            url = new("--service-base-url") { Description = "Base URL of the sprite service." },
            token = new("--service-token") { Description = "Token of the sprite service." };
        var transport = new Option<string>("--transport") { Description = "Where to read from.", DefaultValueFactory = static _ => "local" };
        transport.AcceptOnlyFromAmong("local", "sprite_service");
        var attempts = CommonOptions.AtLeast(new Option<int>("--retry-attempts") { Description = "How many times to try again after a failure." }, 0);
        var backoff = CommonOptions.AtLeast(new Option<int>("--retry-backoff-seconds") { Description = "Seconds to wait before the first retry; the wait grows by as much each time.", DefaultValueFactory = static _ => 1 }, 0);
        var loop = CommonOptions.Loop();
        var fromStart = CommonOptions.FromStart();
        var max = CommonOptions.MaxEvents();
        var pretty = CommonOptions.Pretty();
        var thresholds = new ThresholdOptions();
        var command = new Command("reconcile", "Read a loop once, project it and keep the result.")
        {
            repo, loop, transport, url, token, cursorFile, stateFile, fromStart, max, attempts, backoff, trace, pretty,
        };
        thresholds.AddTo(command);
        return command.Does(async (args, output, cancel) =>
        {
            if (args.GetValue(transport) != "local")
            {
                throw new ContractException(FailureCodes.ServiceRequestFailed, "transport sprite_service is not available in this version; run ops-manager on the sprite with --transport local");
            }

            var result = await new Reconciler(context.Files, context.Time).RunAsync(
                new ReconcileRequest
                {
                    Repo = context.Repo(args.GetValue(repo)),
                    Loop = args.GetRequiredValue(loop),
                    CursorFile = args.GetValue(cursorFile),
                    StateFile = args.GetValue(stateFile),
                    FromStart = args.GetValue(fromStart),
                    MaxEvents = args.GetValue(max) ?? int.MaxValue,
                    RetryAttempts = args.GetValue(attempts),
                    RetryBackoff = TimeSpan.FromSeconds(args.GetValue(backoff)),
                    Thresholds = thresholds.Of(args, context.Environment),
                    TraceId = context.TraceId(args.GetValue(trace)),
                },
                cancel).ConfigureAwait(false);
            var text = result.State is { } state
                ? ContractJson.Write(state, ContractJson.Default.ManagerState, args.GetValue(pretty))
                : ContractJson.Write(result.Health, ContractJson.Default.HealthRecord, args.GetValue(pretty));
            await output.WriteLineAsync(text).ConfigureAwait(false);
            if (!result.Succeeded)
            {
                await args.InvocationConfiguration.Error.WriteLineAsync(SafeText.Clean(result.Health.Error ?? "")).ConfigureAwait(false);
            }

            return result.Succeeded ? ExitCodes.Ok : ExitCodes.Failed;
        });
    }
}
