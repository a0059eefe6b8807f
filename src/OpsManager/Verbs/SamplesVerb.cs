using System.CommandLine;
using System.Text.Json;
using OpsManager.Cli;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Terminal.Lifetime;

namespace OpsManager.Verbs;

/// <summary><c>samples</c>: the sample runs that travel in the executable, on the screen or as a list.</summary>
internal static class SamplesVerb
{
    public static Command Command(VerbContext context)
    {
        var json = CommonOptions.Json();
        var display = new DisplayOptions();
        var command = new Command(
            VerbNames.Samples, "Choose a sample run and replay it. If the output is not a terminal, list them.") { json };
        display.AddTo(command);
        return command.Does(async (args, output, _) =>
        {
            if (!args.GetValue(json) && TerminalFacts.Look(context.Environment).OutputIsTerminal)
            {
                return new ReplayScreen(args, display, context).Samples();
            }

            var report = new SamplesReport([.. SampleRuns.Entries().Select(static sample => SampleReport.From(sample.Info))]);
            if (args.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(report, CliJson.Plain.SamplesReport)).ConfigureAwait(false);
                return ExitCodes.Ok;
            }

            foreach (var line in TextTable.Lines(
                [["NAME", "COMMAND", "WHAT IT SHOWS"],
                .. report.Samples.Select(static sample => new[] { sample.Name, sample.Command, sample.Shows ?? sample.Title })]))
            {
                await output.WriteLineAsync(SafeText.Clean(line)).ConfigureAwait(false);
            }

            return ExitCodes.Ok;
        });
    }
}

/// <summary>The sample runs, as <c>samples --json</c> prints them.</summary>
internal sealed record SamplesReport(IReadOnlyList<SampleReport> Samples);

/// <summary>One sample run.</summary>
/// <param name="Shows">What to look at in it; null where there is none.</param>
/// <param name="Command">What opens it.</param>
internal sealed record SampleReport(string Name, string Title, string? Shows, string Command)
{
    public static SampleReport From(RecordingInfo info) =>
        new(info.Name, info.Title, info.Caption, $"ops-manager {VerbNames.Replay} {info.Name}");
}
