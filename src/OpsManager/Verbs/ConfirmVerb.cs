using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Verbs;

/// <summary>
/// <c>confirm</c>: judges an intent that was executed by hand or with <c>--no-confirm</c> from the artifacts, sends nothing, and prints
/// the intent's row.
/// </summary>
internal static class ConfirmVerb
{
    /// <summary>In seconds.</summary>
    private const int OneDay = 24 * 60 * 60;

    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), trace = CommonOptions.TraceId(), by = CommonOptions.By();
        var loop = CommonOptions.Loop();
        var intent = new Option<string>(FlagNames.Intent) { Description = "cancel, approve or reject.", Required = true };
        var timeout = CommonOptions.AtLeast(new Option<int>(FlagNames.TimeoutSeconds)
        {
            Description = "Seconds to look for the result. 0: look once.",
            DefaultValueFactory = static _ => 30
        }, 0, OneDay);
        var interval = CommonOptions.AtLeast(new Option<int>(FlagNames.IntervalSeconds)
        {
            Description = "Seconds between two checks, at most. Changes are seen at once where the host notifies of them.",
            DefaultValueFactory = static _ => 2
        }, 0);
        return new Command("confirm", "Verify what was approved, rejected or cancelled by hand. Sends nothing.")
        {
            repo, loop, intent, by, trace, timeout, interval,
        }.Does(async (args, output, cancel) =>
        {
            if (!Intent.TryParse(args.GetRequiredValue(intent), null, out var wanted))
            {
                throw new ContractException(
                    ServiceCodes.InvalidRequest,
                    $"intent must be one of cancel, approve, reject; \"{args.GetRequiredValue(intent)}\" is none of them");
            }

            var desk = new HandDesk(context, context.Operator(args.GetValue(by)), context.TraceId(args.GetValue(trace)));
            var result = await desk.VerifyAsync(
                context.Repo(args.GetValue(repo)),
                ArtifactPaths.CheckedLoopId(args.GetRequiredValue(loop)),
                wanted,
                TimeSpan.FromSeconds(args.GetValue(timeout)),
                TimeSpan.FromSeconds(Math.Max(1, args.GetValue(interval))),
                cancel).ConfigureAwait(false);
            await output.WriteLineAsync(ContractJson.Write(result.Answer!, ContractJson.Default.IntentRow)).ConfigureAwait(false);
            if (result.Words is { } words)
            {
                await args.InvocationConfiguration.Error.WriteLineAsync(SafeText.Clean(words)).ConfigureAwait(false);
            }

            return result.ExitCode;
        });
    }
}
