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

/// <summary><c>verify TAPE…</c>: replays tapes and compares what the fold says with every mark.</summary>
internal static class VerifyVerb
{
    public static Command Command(VerbContext context)
    {
        var tapes = new Argument<string[]>("tapes") { Description = "Tape files.", Arity = ArgumentArity.OneOrMore };
        var json = CommonOptions.Json();
        var snapshotOnly = new Option<bool>(FlagNames.SnapshotOnly)
        {
            Description = "Verify in snapshot-only mode: lifecycles come from snapshots only."
        };
        var at = ReplayFlags.At("Print what is said of each loop at this moment instead, and compare nothing");
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

            var verifier = new TapeVerifier(FoldOptions.Default, FollowOptions.Default, args.GetValue(snapshotOnly));
            var report = verifier.Verify(args.GetRequiredValue(tapes).Select(path => TapeStore.Read(context.Files, path)));
            if (args.GetValue(json))
            {
                await output.WriteLineAsync(ContractJson.Write(report, ContractJson.Default.VerifyReport)).ConfigureAwait(false);
            }
            else
            {
                Print(report, output);
            }

            return report.Differences == 0 ? ExitCodes.Ok : ExitCodes.Failed;
        });
    }

    private static void Print(VerifyReport report, TextWriter output)
    {
        string[] head = ["TAPE", "LOOP", "AT", "EXPECTED", "GOT", "REFERENCE", "GOT", "", "REASON"];
        var rows = report.Tapes.SelectMany(static tape => tape.Marks.Select(mark => Row(tape, mark)));
        foreach (var line in TextTable.Lines([head, .. rows]))
        {
            output.WriteLine(SafeText.Clean(line));
        }

        output.WriteLine();
        output.WriteLine($"{Count(report.Tapes.Count, "tape")}, {Count(report.Marks, "mark")}, {Count(report.Differences, "difference")}");
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string[] Row(VerifiedTape tape, VerifiedMark mark) =>
    [
        tape.Tape, mark.Loop, $"{mark.AtMs / 1000.0:0.000} s", mark.Expected.Word(), mark.Got.Word(),
        mark.ExpectedReference.Word(), mark.GotReference.Word(), mark.Agrees ? "ok" : "DIFFERS", mark.Reason,
    ];
}
