using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Sources.Replay;

namespace OpsManager.Verbs;

/// <summary>What <c>verify --at</c> is asked for.</summary>
internal sealed record MomentRequest(ReplayTime At, bool SnapshotOnly, bool Json);

/// <summary>
/// <c>verify --at</c>: what is known of each loop of a recording at one moment, as text or as a JSON line for each recording.
/// </summary>
internal static class MomentOutput
{
    public static async Task<int> PrintAsync(ParseResult args, VerbContext context, string[] named, MomentRequest request)
    {
        var output = args.InvocationConfiguration.Output;
        var opened = RecordingArguments.Open(context.Files, named, SampleRuns.Entries());
        var reader = new MomentReader(new ReplayOptions(), request.SnapshotOnly);
        foreach (var report in opened.Entries.Select(entry => reader.Read(entry.Open(), request.At)))
        {
            var lines = request.Json ? [ContractJson.Write(report, ContractJson.Default.MomentReport)] : Lines(report);
            foreach (var line in lines)
            {
                await output.WriteLineAsync(request.Json ? line : SafeText.Clean(line).TrimEnd()).ConfigureAwait(false);
            }
        }

        foreach (var fault in opened.Faults)
        {
            await args.InvocationConfiguration.Error.WriteLineAsync(SafeText.Clean(fault)).ConfigureAwait(false);
        }

        return opened.Faults.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static IEnumerable<string> Lines(MomentReport report)
    {
        yield return $"{report.Tape} at {UtcSecondsConverter.Text(report.At)}, {Seconds(report.AtMs)} of {Seconds(report.LengthMs)}: "
            + report.Title;
        foreach (var doubt in new[] { report.Note, report.Fault }.OfType<string>())
        {
            yield return doubt;
        }

        yield return "";
        string[] head = ["LOOP", "LIFECYCLE", "STATUS", "ITERATION", "APPROVAL", "NEWEST EVENT", "REASON"];
        foreach (var line in TextTable.Lines([head, .. report.Loops.Select(Row)]))
        {
            yield return line;
        }

        var found = report.Loops.SelectMany(static loop => loop.Assessment.Findings.Select(finding => new[]
        {
            loop.LoopId, finding.Code, finding.Severity.ToString().ToLowerInvariant(), finding.ExplainedBy ?? "",
            finding.Evidence is [var first, ..] ? first.Fact : "",
        })).ToArray();
        if (found.Length > 0)
        {
            yield return "";
            foreach (var line in TextTable.Lines([["LOOP", "FINDING", "SEVERITY", "EXPLAINED BY", "EVIDENCE"], .. found]))
            {
                yield return line;
            }
        }

        yield return "";
    }

    private static string[] Row(LoopMoment loop) =>
    [
        loop.LoopId, loop.Assessment.Display ?? loop.Assessment.Lifecycle.Word(), loop.Status.Word(), $"{loop.Iteration}",
        loop.Approval is { } approval ? $"{approval.Status}{(approval.DecidedBy is { } by ? $" by {by}" : "")}" : "",
        loop.NewestEvent is { } newest ? $"{newest.Line}: {newest.Name}{(newest.Role is { } role ? $" {role}" : "")}" : "",
        loop.Assessment.Reason,
    ];

    private static string Seconds(long milliseconds) => $"{milliseconds / 1000.0:0.000} s";
}
