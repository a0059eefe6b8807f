using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Core.Fold;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;

namespace OpsManager.Verbs;

/// <summary><c>verify TAPE…</c>: replays tapes and compares the lifecycle and the contract status with every mark.</summary>
internal static class VerifyVerb
{
    public static Command Command(VerbContext context)
    {
        var tapes = new Argument<string[]>("tapes")
        {
            HelpName = "TAPE",
            Description = "Tape files; with --at, recordings as replay takes them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = CommonOptions.Json();
        var snapshotOnly = new Option<bool>(FlagNames.SnapshotOnly)
        {
            Description = "Verify in snapshot-only mode: lifecycles come from snapshots only."
        };
        var at = ReplayFlags.At("Print each loop as it was at this moment, and compare nothing");
        return new Command("verify", "Replay tapes in virtual time and compare the lifecycle with every mark; exit 1 on any difference.")
        {
            tapes,
            snapshotOnly,
            at,
            json
        }.Does(async (args, output, _) =>
        {
            if (args.GetValue(at) is { } moment)
            {
                return await MomentOutput.PrintAsync(
                    args, context, args.GetRequiredValue(tapes), new(moment, args.GetValue(snapshotOnly), args.GetValue(json)))
                    .ConfigureAwait(false);
            }

            var paths = args.GetRequiredValue(tapes);
            var verifier = new TapeVerifier(FoldOptions.Default, FollowOptions.Default, args.GetValue(snapshotOnly));
            var report = verifier.Verify(paths.Select(path => TapeStore.Read(context.Files, path)));
            if (args.GetValue(json))
            {
                await output.WriteLineAsync(ContractJson.Write(report, ContractJson.Default.VerifyReport)).ConfigureAwait(false);
            }
            else
            {
                Print(report, paths, output);
            }

            return report.Differences == 0 ? ExitCodes.Ok : ExitCodes.Failed;
        });
    }

    private static void Print(VerifyReport report, string[] paths, TextWriter output)
    {
        string[] head = ["TAPE", "LOOP", "AT", "EXPECTED", "GOT", "STATUS EXPECTED", "GOT", "", "REASON"];
        var rows = report.Tapes.Zip(paths).SelectMany(static tape => tape.First.Marks.Select(mark => Row(tape.Second, mark)));
        foreach (var line in TextTable.Lines([head, .. rows]))
        {
            output.WriteLine(SafeText.Clean(line));
        }

        output.WriteLine();
        output.WriteLine($"{Counts.Text(report.Tapes.Count, "tape")}, {Counts.Text(report.Marks, "mark")}, "
            + Counts.Text(report.Differences, "difference"));
    }

    private static string[] Row(string path, VerifiedMark mark) =>
    [
        path, mark.Loop, $"{mark.AtMs / 1000.0:0.000} s", mark.Expected.Word(), mark.Got.Word(),
        mark.ExpectedReference.Word(), mark.GotReference.Word(), mark.Agrees ? "ok" : "DIFFERS", mark.Reason,
    ];
}
