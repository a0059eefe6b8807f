using System.CommandLine;
using System.Text.Json;
using OpsManager.Cli;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Tui.Terminal.Lifetime;

namespace OpsManager.Verbs;

/// <summary><c>doctor</c>: says what the terminal and the host can do, what was chosen and why, and what is wrong.</summary>
internal static class DoctorVerb
{
    public static Command Command(VerbContext context)
    {
        var json = CommonOptions.Json();
        var strict = new Option<bool>(FlagNames.Strict) { Description = "Exit 1 where there is any problem." };
        var binary = CommonOptions.RuntimeCommand();
        const string About = "Say what terminal and host can do, what was chosen and why, and what is wrong.";
        var command = new Command("doctor", About) { json, strict, binary };
        return command.Does(async (args, output, _) =>
        {
            var report = new Doctor(context, TerminalFacts.Look(context.Environment), args.GetValue(binary)).Check();
            var lines = args.GetValue(json) ? JsonSerializer.Serialize(report, CliJson.Default.DoctorReport).Split('\n') : Lines(report);
            foreach (var line in lines)
            {
                await output.WriteLineAsync(line).ConfigureAwait(false);
            }

            return args.GetValue(strict) && report.Problems.Count > 0 ? ExitCodes.Failed : ExitCodes.Ok;
        });
    }

    private static IEnumerable<string> Lines(DoctorReport report)
    {
        var width = report.Facts.Max(static fact => fact.Topic.Length) + 2;
        foreach (var fact in report.Facts)
        {
            yield return SafeText.Clean($"{fact.Topic.PadRight(width)}{fact.Value}{(fact.Why is { } why ? $" ({why})" : "")}");
        }

        yield return "";
        yield return report.Problems.Count switch { 0 => "no problems", 1 => "1 problem:", var count => $"{count} problems:" };
        foreach (var problem in report.Problems)
        {
            yield return SafeText.Clean($"  {problem}");
        }
    }
}
