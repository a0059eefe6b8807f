using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Control.Act;
using OpsManager.Control.Reconcile;
using OpsManager.Core.Fold;
using OpsManager.Sources.Local;

namespace OpsManager.Verbs;

/// <summary><c>status</c>: prints what the manager kept of a loop.</summary>
internal static class StatusVerb
{
    public static Command Command(VerbContext context)
    {
        var repo = CommonOptions.Repo();
        var loop = CommonOptions.Loop();
        var document = new DocumentOutput();
        var places = ManagerFileOptions.All();
        var others = new OtherToolOptions();
        var window = CommonOptions.AtLeast(new Option<int>(FlagNames.SummaryWindow)
        {
            Description = "How many of the newest rows of telemetry are summed up.",
            DefaultValueFactory = static _ => TelemetrySummary.UsualWindow
        }, 1);
        var command = new Command("status", "Print what was last reconciled of one loop.") { repo, loop, window };
        document.AddTo(command);
        places.AddTo(command);
        others.AddTo(command);
        return command.Does(async (args, _, cancel) =>
        {
            await others.WarnAsync(args).ConfigureAwait(false);
            var (place, id) = (context.Place(args.GetValue(repo)), args.GetRequiredValue(loop));
            if (await NoticeAsync(context, place, id, cancel).ConfigureAwait(false) is { } fault)
            {
                await args.InvocationConfiguration.Error.WriteLineAsync(SafeText.Clean(fault)).ConfigureAwait(false);
            }

            var status = new StatusReader(context.Files, context.Time).Read(place, id, places.From(args), args.GetValue(window));
            await document.WriteAsync(
                args, context, pretty => ContractJson.Write(status, ContractJson.Default.StatusRecord, pretty),
                () => StatusText.Rows(status)).ConfigureAwait(false);
            return ExitCodes.Ok;
        });
    }

    /// <summary>Looks whether a decision that was called confirmed was overruled since; nothing else that is kept changes.</summary>
    /// <returns>Why that could not be looked at, or kept; null where it could. What was kept before is printed all the same.</returns>
    private static async Task<string?> NoticeAsync(VerbContext context, string repo, string loop, CancellationToken cancel)
    {
        var keeper = new OverruledRecorder(context.Files, context.Time);
        try
        {
            if (!keeper.HasOpen(repo, loop))
            {
                return null;
            }

            var reader = new LoopReader(context.Files, context.Time, FoldOptions.Default);
            var read = await reader.ReadAsync(repo, loop, cancel).ConfigureAwait(false);
            await keeper.RecordAsync(read.Repo, read.Loop, repo, cancel).ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            return $"it is not known whether a confirmed decision was overruled: {error.Message}";
        }
    }
}
